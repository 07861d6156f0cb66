import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { version } from "../../../src/version.ts";

/** What `npm run package:vscode` has made, as `npm run test:tools` does before its tests. */
export const vsix = fileURLToPath(new URL(`../../../dist/layerc-vscode-${version}.vsix`, import.meta.url));

/** A file of examples/. */
export function example(name: string): Buffer {
  return fs.readFileSync(new URL(`../../../examples/${name}`, import.meta.url));
}
