import path from "node:path";
import { parseAnyJson } from "../../json/parse-any-json.ts";
import type { FileSystem } from "../../node/file-system.ts";
import { makeFolder } from "../../node/make-folder.ts";
import { digestOf } from "../../node/read-log.ts";
import { attempt } from "../../node/replace-files.ts";
import { temporaryName } from "../../node/temporary-name.ts";

/** Bounds of a cache folder. When one is passed, the oldest entries go until a quarter is free. */
const most = { entries: 2_000, bytes: 64 * 2 ** 20, bytesPerEntry: 4 * 2 ** 20 };

/**
 * The value stored under a key; undefined where there is none, or where the file is damaged or not one of these. That it has
 * the right form is not said: the checksum tells what was damaged, not what was forged. Never throws.
 */
export function readEntry(folder: string, key: string, files: FileSystem): unknown {
  try {
    const file = entryFile(folder, key);
    if (files.kind(file) !== "file") return undefined;
    const text = new TextDecoder("utf-8", { fatal: true }).decode(files.read(file, most.bytesPerEntry));
    const end = text.indexOf("\n");
    const [checksum, body] = [text.slice(0, end), text.slice(end + 1)];
    return checksum === checksumOf(key, body) ? parseAnyJson(body) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Stores a value, as JSON, whole or not at all; two runs may do so at once. What can't be stored is not: a cache that fails
 * costs time and nothing else.
 */
export function writeEntry(folder: string, key: string, value: unknown, files: FileSystem): void {
  const body = JSON.stringify(value);
  const content = new TextEncoder().encode(`${checksumOf(key, body)}\n${body}`);
  if (content.length > most.bytesPerEntry) return;
  const file = entryFile(folder, key);
  const temporary = `${temporaryName(file, 0)}.tmp`;
  attempt(() => {
    makeFolder(folder, files, []);
    try {
      files.writeNew(temporary, content, file);
      files.rename(temporary, file);
    } catch (error) {
      attempt(() => files.remove(temporary));
      throw error;
    }
  });
}

/** Keeps a cache folder within its bounds. Other files there stay. */
export function pruneEntries(folder: string, files: FileSystem): void {
  attempt(() => {
    const entries = files
      .list(folder)
      .filter((name) => entryName.test(name))
      .flatMap((name) => {
        const file = path.join(folder, name);
        const state = files.state(file);
        return state === undefined ? [] : [{ file, ...state }];
      })
      .toSorted((a, b) => a.modified - b.modified || (a.file < b.file ? -1 : 1));
    let bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
    let count = entries.length;
    if (count <= most.entries && bytes <= most.bytes) return;
    for (const entry of entries) {
      if (count <= most.entries * 0.75 && bytes <= most.bytes * 0.75) break;
      attempt(() => files.remove(entry.file));
      bytes -= entry.bytes;
      count -= 1;
    }
  });
}

const entryName = /^[\w-]{43}\.json$/;

function entryFile(folder: string, key: string): string {
  return path.join(folder, `${key}.json`);
}

/** Covers the key too: a file under another name is not the entry. */
function checksumOf(key: string, body: string): string {
  return digestOf(new TextEncoder().encode(`${key}\n${body}`));
}
