/** Keeps the most recently used values whose sizes together stay under a limit. */
export class SizedCache<Value> {
  readonly #values = new Map<string, { readonly value: Value; readonly sizeBytes: number }>();
  readonly #limitBytes: number;
  #heldBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get(key: string): Value | undefined {
    const entry = this.#values.get(key);
    if (entry === undefined) return undefined;
    this.#values.delete(key);
    this.#values.set(key, entry);
    return entry.value;
  }

  set(key: string, value: Value, sizeBytes: number): void {
    this.#drop(key);
    this.#values.set(key, { value, sizeBytes });
    this.#heldBytes += sizeBytes;
    for (const oldest of this.#values.keys()) {
      if (this.#heldBytes <= this.#limitBytes) break;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#heldBytes -= this.#values.get(key)?.sizeBytes ?? 0;
    this.#values.delete(key);
  }
}
