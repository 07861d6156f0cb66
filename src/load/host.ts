/**
 * How the compiler reaches files. The core never touches a file system: the command line passes Node's, a browser
 * page may pass a map of texts. Paths are whatever the host's `resolve` makes; the compiler only compares them.
 */
export interface Host {
  /** The path of `relative` (as written in an `import` or `weights`) seen from the file `from`. */
  resolve(from: string, relative: string): string;
  readText(path: string): Promise<HostFile<string>>;
  /** At most `most` bytes, where that is given: a longer file is one that can't be read. */
  readBytes(path: string, most?: number): Promise<HostFile<Uint8Array>>;
  /** The names of the files in the folder of a path, from which one is suggested where none is found. */
  namesBeside?(path: string): Promise<readonly string[]>;
}

export type HostFile<Content> =
  | { readonly ok: true; readonly content: Content }
  /** Why it can't be read, for the message: "no such file", "is a folder", "permission denied". */
  | { readonly ok: false; readonly reason: string };
