import fs from "node:fs";

/** What the command line asks of a file system; tests replace parts of it to make faults. All functions throw as Node's do. */
export interface FileSystem {
  /** What lies at a path, links followed; `undefined` when there is nothing. */
  kind(path: string): "file" | "folder" | "other" | undefined;
  read(path: string): Uint8Array;
  /** Makes a folder in one that exists (see `makeFolder` in make-folder.ts). */
  makeFolder(path: string): void;
  /** Writes a new file to the disk; fails if it exists. `like` is a file whose permissions it takes, if that exists. */
  writeNew(path: string, content: Uint8Array, like: string): void;
  rename(from: string, to: string): void;
  /** Gives a file a second name; not every disk can. */
  link(path: string, name: string): void;
  remove(path: string): void;
  removeEmptyFolder(path: string): void;
  /** The path with links followed, or the path itself when nothing is there. */
  realPath(path: string): string;
}

/** Node's file system. */
export const nodeFileSystem: FileSystem = {
  kind(path) {
    const stats = fs.statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    return stats.isFile() ? "file" : stats.isDirectory() ? "folder" : "other";
  },
  read: (path) => fs.readFileSync(path),
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
  rename: (from, to) => fs.renameSync(from, to),
  link: (path, name) => fs.linkSync(path, name),
  remove: (path) => fs.rmSync(path, { force: true }),
  removeEmptyFolder: (path) => fs.rmdirSync(path),
  realPath: (path) => (fs.existsSync(path) ? fs.realpathSync(path) : path),
};
