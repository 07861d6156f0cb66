/** A file for rows that memory has no room for; nobody else sees it, and it is gone with the process. */
export interface RowFile {
  /** Fails with a `ReadFailure` where the disk does not take it. */
  append(bytes: Uint8Array): void;
  /** Fills `into` with what lies at an offset. */
  read(offset: number, into: Uint8Array): void;
  close(): void;
}
