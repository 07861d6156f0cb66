import fs from "node:fs";
import { readPieces, readRegular } from "./read-regular.ts";

/** What the command line asks of a file system; tests replace parts of it to make faults. All functions throw as Node's do. */
export interface FileSystem {
  /** What lies at a path, links followed; `undefined` when there is nothing. */
  kind(path: string): "file" | "folder" | "other" | undefined;
  /** The content of a regular file; fails for anything else, and for one of more than `most` bytes. */
  read(path: string, most: number): Uint8Array;
  /** The content of a regular file of any length, piece by piece. */
  pieces(path: string): Iterable<Uint8Array>;
  /** Makes a folder in one that exists (see `makeFolder` in make-folder.ts). */
  makeFolder(path: string): void;
  /** Writes a new file to the disk; fails if it exists. `like` is a file whose permissions it takes, if that exists. */
  writeNew(path: string, content: Uint8Array, like: string): void;
  /** Adds to the end of a file. */
  append(path: string, content: Uint8Array): void;
  rename(from: string, to: string): void;
  /** Gives a file a second name; not every disk can. */
  link(path: string, name: string): void;
  remove(path: string): void;
  removeEmptyFolder(path: string): void;
  /** The path with links followed, or the path itself when nothing is there. */
  realPath(path: string): string;
  /** The names in a folder; none when there is no such folder. */
  list(path: string): readonly string[];
  /** What lies in a folder, links not followed. */
  entries(path: string): readonly FileEntry[];
  /** When and as what a file was last written; `undefined` when there is nothing. */
  state(path: string): FileState | undefined;
  /** Gives a file the present time, without changing it. */
  touch(path: string): void;
}

export interface FileEntry {
  readonly name: string;
  readonly kind: "file" | "folder" | "link" | "other";
}

/** What can be known of a file without reading it. */
export interface FileState {
  /** Milliseconds since 1970. */
  readonly modified: number;
  readonly bytes: number;
  /** Differs when another file lies there, or when it was written again. */
  readonly stamp: string;
}

/** Node's file system. */
export const nodeFileSystem: FileSystem = {
  kind(path) {
    const stats = fs.statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    return stats.isFile() ? "file" : stats.isDirectory() ? "folder" : "other";
  },
  read: readRegular,
  pieces: readPieces,
  makeFolder: (path) => fs.mkdirSync(path),
  writeNew(path, content, like) {
    const mode = fs.statSync(like, { throwIfNoEntry: false })?.mode;
    const file = fs.openSync(path, "wx");
    try {
      fs.writeFileSync(file, content);
      if (mode !== undefined) fs.fchmodSync(file, mode & 0o777);
      fs.fsyncSync(file);
    } finally {
      fs.closeSync(file);
    }
  },
  append: (path, content) => fs.appendFileSync(path, content),
  rename: (from, to) => fs.renameSync(from, to),
  link: (path, name) => fs.linkSync(path, name),
  remove: (path) => fs.rmSync(path, { force: true }),
  removeEmptyFolder: (path) => fs.rmdirSync(path),
  realPath: (path) => (fs.existsSync(path) ? fs.realpathSync(path) : path),
  list(path) {
    try {
      return fs.readdirSync(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  },
  entries: (path) =>
    fs.readdirSync(path, { withFileTypes: true }).map((entry) => ({
      name: entry.name,
      kind: entry.isFile() ? "file" : entry.isDirectory() ? "folder" : entry.isSymbolicLink() ? "link" : "other",
    })),
  state(path) {
    const stats = fs.statSync(path, { bigint: true, throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    const { mtimeNs, mtimeMs, ctimeNs, ino, dev, size } = stats;
    return {
      modified: Number(mtimeMs),
      bytes: Number(size),
      stamp: [dev, ino, size, mtimeNs, ctimeNs].join(":"),
    };
  },
  touch(path) {
    const now = new Date();
    fs.utimesSync(path, now, now);
  },
};
