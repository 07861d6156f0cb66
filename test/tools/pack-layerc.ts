import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
let archive: string | undefined;

/** The package as `npm pack` makes it, made once for a test file; the path of the archive, which goes when its tests are done. */
export function packLayerc(): string {
  return (archive ??= pack());
}

afterAll(() => {
  if (archive !== undefined) fs.rmSync(path.dirname(archive), { recursive: true, force: true });
});

/** dist is built already; packing must not build it again under the other tests. */
function pack(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "layerc-packed-"));
  const packed = execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [made] = JSON.parse(packed) as readonly { readonly filename: string }[];
  return path.join(folder, made?.filename ?? "");
}
