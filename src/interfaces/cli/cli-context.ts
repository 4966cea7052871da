import type { Command } from 'commander';
import type { DocumentReadResult } from '#domain/ports';
import type { EngineKind, EngineMove, MovedRun, RebuildFinding } from '#orchestration';
import type { BlobCopies } from '#platform';

/** One file after reading; `result` is null when not even its bytes could be had, and `problem` says why. */
export interface FileRead {
  /** Path as it was found. */
  readonly file: string;
  readonly result: DocumentReadResult | null;
  readonly problem?: { readonly code: string; readonly message: string };
}

/** One thing `doctor` looks at. */
export interface HealthCheck {
  readonly name: string;
  /** Never throws for what it checks: says what is wrong and what to do. */
  run(): Promise<{ readonly state: 'ok' | 'warning' | 'broken'; readonly message: string; readonly advice?: string }>;
}

/** A firm to be set up. */
export interface InitInput {
  readonly name: string;
  readonly currency: string;
  readonly iban: string | null;
  readonly bic: string | null;
  /** ISO 3166-1 alpha-2; null where it is not told and no account tells it. */
  readonly country: string | null;
  readonly vatId: string | null;
  /** `Ana Lind <ana@firm.example> office-manager` */
  readonly members: readonly string[];
}
export interface InitResult {
  readonly organizationId: string;
  /** With the passwords that are shown this once. */
  readonly members: readonly { readonly name: string; readonly email: string; readonly password: string }[];
}

/** What a backup took along. */
export interface BackupResult {
  /** Folder of this one backup. */
  readonly base: string;
  /** False when the database is a server of one's own. */
  readonly hasDatabase: boolean;
  readonly files: number;
  readonly blobs: BlobCopies;
}
export interface RestoreInput {
  readonly into: string;
  /** Null for the last moment that is there. */
  readonly to: Date | null;
}
export interface RestoreResult {
  readonly base: string;
  readonly hasDatabase: boolean;
  /** Segments of the log that were there to be played back. */
  readonly segments: number;
  readonly newestEntryAt: string | null;
  readonly blobs: BlobCopies;
}
export interface DrillResult {
  readonly restored: RestoreResult;
  /** What is not as it should be, in words; empty when the restore can be relied on. */
  readonly faults: readonly string[];
  readonly rows: Readonly<Record<string, { readonly restored: number; readonly live: number }>>;
  readonly rpoSeconds: number | null;
  readonly rtoSeconds: number;
}

export interface BackupHandlers {
  create(folder: string): Promise<BackupResult>;
  restore(folder: string, input: RestoreInput): Promise<RestoreResult>;
  drill(folder: string): Promise<DrillResult>;
}

export interface MoveInput {
  readonly from: EngineKind;
  readonly to: EngineKind;
  readonly isDryRun: boolean;
  /** Told of each run as it goes. */
  readonly onMoved: (run: MovedRun) => void;
}

/** What `src/app` gives to the commands. */
export interface CliHandlers {
  readonly version: string;
  /** Holds the session of `login`; other files in it are the server's. */
  readonly dataFolder: string;
  /** From DESKHAND_URL. */
  readonly url?: string | null;
  /** From DESKHAND_EMAIL and DESKHAND_PASSWORD. */
  readonly credentials?: { readonly email: string; readonly password: string } | null;
  /** From NO_COLOR: any value that is not empty. @default false */
  readonly noColor?: boolean;
  /** Runs the server until it is stopped. @returns the exit status. */
  start(): Promise<number>;
  /** Sets up an organization while no server runs. */
  init(input: InitInput): Promise<InitResult>;
  /** Builds the tables anew from the events and compares them; puts them right when told to. */
  rebuild(options: { readonly isApplied: boolean }): Promise<RebuildFinding>;
  readonly backup?: BackupHandlers;
  /** Moves unfinished work from one workflow engine to the other, while no server runs. */
  moveEngine?(input: MoveInput): Promise<EngineMove>;
  /** Whether the settings name a language model. @default false */
  readonly hasLanguageModel?: boolean;
  /** Reads files on all cores, in any order; one bad file never stops the others. */
  readFiles(files: readonly string[], onResult: (read: FileRead) => void, isModelAsked: boolean): Promise<void>;
  /** Address of the Deskhand that works on the data folder right now. */
  findServer(): Promise<string | null>;
  readonly checks?: readonly HealthCheck[];
}

/** Where commands read and write; tests give their own. */
export interface Terminal {
  write(text: string): void;
  note(text: string): void;
  /** Somebody can be asked. */
  readonly isInteractive: boolean;
  /** What is written is read by a person, not by a pipe. */
  readonly isRead: boolean;
  readonly hasColor: boolean;
  /** @param isSecret - what is typed is not shown. */
  ask(question: string, isSecret?: boolean): Promise<string>;
  /** Bytes piped in. */
  readInput(): Promise<Uint8Array>;
}

/** A command's own context: handlers, terminal and the options every command takes. */
export interface CliContext {
  readonly handlers: CliHandlers;
  readonly terminal: Terminal;
}

/** 0 ok, 1 failed, 2 wrong use, 3 needs a person. */
export const exitStatus = { ok: 0, failed: 1, usage: 2, needsPerson: 3 } as const;
export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];

/** Adds a command to the program, with examples for its help. */
export type On = (name: string, description: string, examples: readonly string[]) => Command;

/** Makes a command's function an action: its exit status becomes the process's. */
export type Act = <Args extends unknown[]>(command: (...args: Args) => Promise<ExitStatus>) => (...args: Args) => Promise<void>;
