/** A file of samples, read in pieces: it may be larger than memory. */
export interface DataFile {
  /** For messages. */
  readonly path: string;
  readonly bytes: number;
  /** Its content from the start, at each call anew. Fails with a `ReadFailure` where the system does not give it. */
  read(): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}
