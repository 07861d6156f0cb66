import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** Texts that were made for a client to open, in a folder of the user's own that goes with the server. */
export function writeForReading() {
  let folder: string | undefined;
  return {
    /** Writes a text, in place of an earlier one of this name; answers its URI. */
    write(name: string, text: string): string {
      folder ??= fs.mkdtempSync(path.join(os.tmpdir(), "layerc-"));
      const file = path.join(folder, path.basename(name));
      fs.writeFileSync(file, text);
      return pathToFileURL(file).href;
    },
    remove(): void {
      if (folder !== undefined) fs.rmSync(folder, { recursive: true, force: true });
      folder = undefined;
    },
  };
}
