import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fail } from "../files/read-failure.ts";
import type { RowFile } from "../fit/rows/row-file.ts";
import { describeFileError } from "./file-error.ts";

/**
 * A new file in the system's folder for temporary ones. Its name goes at once where the system lets a file without one be
 * used, so that nothing is left of a process that is killed; else when it is closed.
 */
export function openRowFile(): RowFile {
  const folder = os.tmpdir();
  const name = path.join(folder, `layerc-rows-${process.pid}-${Math.random().toString(36).slice(2)}`);
  const onDisk = <Result>(action: () => Result): Result => {
    try {
      return action();
    } catch (error) {
      return fail("too-large", `its rows don't fit into memory, and not into '${folder}': ${describeFileError(error)}`);
    }
  };
  const file = onDisk(() => fs.openSync(name, "wx+", 0o600));
  const isNamed = !removed(name);
  let length = 0;
  return {
    append(bytes) {
      onDisk(() => {
        for (let at = 0; at < bytes.length;) at += fs.writeSync(file, bytes, at, bytes.length - at, length + at);
      });
      length += bytes.length;
    },
    read(offset, into) {
      for (let at = 0; at < into.length;) {
        const read = fs.readSync(file, into, at, into.length - at, offset + at);
        if (read === 0) throw new Error("The file of rows ends early");
        at += read;
      }
    },
    close() {
      fs.closeSync(file);
      if (isNamed) removed(name);
    },
  };
}

function removed(name: string): boolean {
  try {
    fs.rmSync(name);
    return true;
  } catch {
    return false;
  }
}
