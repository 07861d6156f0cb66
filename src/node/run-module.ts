import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { RunModule } from "../verify/run-model.ts";

/**
 * Runs a generated module under Node, from a temporary file: a `data:` URL of a module with many weights would be copied
 * several times. The folder is private to the user and removed when the module is loaded. Where no file can be written
 * there (the disk is full, the folder missing or read-only) it is a `data:` URL all the same.
 */
export const runModule: RunModule = async (text) => {
  const written = writeTemporary(text);
  if (written === undefined) return importModule(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
  try {
    return await importModule(pathToFileURL(written.file).href);
  } finally {
    removeQuietly(written.folder);
  }
};

async function importModule(url: string): Promise<Readonly<Record<string, unknown>>> {
  return (await import(/* @vite-ignore */ url)) as Readonly<Record<string, unknown>>;
}

function writeTemporary(text: string): { readonly folder: string; readonly file: string } | undefined {
  let folder: string | undefined;
  try {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "layerc-"));
    const file = path.join(folder, "model.mjs");
    fs.writeFileSync(file, text);
    return { folder, file };
  } catch {
    if (folder !== undefined) removeQuietly(folder);
    return undefined;
  }
}

/** What is left in a temporary folder is no failure of the run. */
function removeQuietly(folder: string): void {
  try {
    fs.rmSync(folder, { recursive: true, force: true });
  } catch {
    // Whoever empties that folder finds it.
  }
}
