import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** A folder for what one test file makes and others use, too; it goes when all are done. */
    readonly sharedFolder: string;
    /** The archive that `npm pack` makes. */
    readonly packedLayerc: string;
  }
}

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Vitest runs this once, before all test files. */
export default function setup(project: TestProject): () => void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "layerc-shared-"));
  project.provide("sharedFolder", folder);
  project.provide("packedLayerc", pack(path.join(folder, "packed")));
  return () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** dist is built already; packing must not build it again under the tests. */
function pack(folder: string): string {
  fs.mkdirSync(folder);
  execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], {
    cwd: root,
    stdio: ["ignore", "ignore", "pipe"],
  });
  return path.join(folder, fs.readdirSync(folder)[0] as string);
}
