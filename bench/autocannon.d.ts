/** The part of autocannon 9 that the API bench uses; the package brings no types. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events';

  interface Options {
    readonly url: string;
    readonly connections: number;
    /** Seconds. */
    readonly duration: number;
    readonly headers: Readonly<Record<string, string>>;
  }
  interface Result {
    readonly requests: { readonly average: number };
    readonly non2xx: number;
    readonly errors: number;
  }
  /** Emits `response` with client, status, bytes and milliseconds for each answer. */
  type Run = EventEmitter & PromiseLike<Result>;
  function autocannon(options: Options): Run;
  export = autocannon;
}
