import { hasExample, readExample } from "./examples.ts";

/**
 * The files that model files can name: those that were dropped or imported, and those of the examples. They lie in one folder; a
 * dropped folder has its own names in it.
 */
export class PageFiles {
  readonly #given = new Map<string, Uint8Array>();

  /** Bytes of a file, a copy that can be sent away, or null. */
  readonly read = async (name: string): Promise<Uint8Array | null> => {
    const given = this.#given.get(name);
    return given?.slice() ?? (await readExample(name));
  };

  /** Whether there is a file of a name. */
  has(name: string): boolean {
    return this.#given.has(name) || hasExample(name);
  }

  set(name: string, bytes: Uint8Array): void {
    this.#given.set(name, bytes);
  }

  /** Whether a file is one of the reader's own, which no link has. */
  isOwn(name: string): boolean {
    return this.#given.has(name);
  }
}
