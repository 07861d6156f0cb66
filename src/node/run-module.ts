import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { RunModule } from "../verify/run-model.ts";

/**
 * Runs a generated module under Node, from a temporary file: a `data:` URL of a module with many weights would be copied
 * several times. The folder is private to the user and removed when the module is loaded.
 */
export const runModule: RunModule = async (text) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "layerc-"));
  try {
    const file = path.join(folder, "model.mjs");
    fs.writeFileSync(file, text);
    return (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
};
