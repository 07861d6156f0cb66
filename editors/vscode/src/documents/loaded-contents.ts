/** What a load has put in place of what was there before. */
export interface Loaded<Content> {
  readonly before: Content | undefined;
  readonly content: Content;
}

/** What documents were loaded as. Of a document's loads the one that was asked for last counts, and none once it is closed. */
export class LoadedContents<Content> {
  readonly #contents = new Map<string, Content>();
  readonly #loads = new Map<string, symbol>();

  get(key: string): Content | undefined {
    return this.#contents.get(key);
  }

  has(key: string): boolean {
    return this.#contents.has(key);
  }

  /** Answers nothing where the load does not count. `last` is what was there before. */
  async load(key: string, load: (last: Content | undefined) => Promise<Content>): Promise<Loaded<Content> | undefined> {
    // No number: one of a document that was closed would be that of the reopened one as well.
    const turn = Symbol();
    this.#loads.set(key, turn);
    const before = this.#contents.get(key);
    const content = await load(before);
    if (this.#loads.get(key) !== turn) return undefined;
    this.#loads.delete(key);
    this.#contents.set(key, content);
    return { before, content };
  }

  close(key: string): void {
    this.#contents.delete(key);
    this.#loads.delete(key);
  }
}
