import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

const folder = fileURLToPath(new URL("../../../examples/playground", import.meta.url));
let made: string | undefined;

/** The built page, made once for a test file; the folder goes when its tests are done. */
export function buildPage(): string {
  if (made === undefined) {
    made = mkdtempSync(path.join(os.tmpdir(), "layerc-playground-"));
    const argv = [path.join(folder, "node_modules/vite/bin/vite.js"), "build", "--emptyOutDir", "--outDir", made];
    // Vitest says that it is a test, and libraries have other code for that.
    const env = { ...process.env, NODE_ENV: "production" };
    execFileSync(process.execPath, argv, { cwd: folder, env, stdio: ["ignore", "ignore", "pipe"] });
  }
  return made;
}

afterAll(() => {
  if (made !== undefined) rmSync(made, { recursive: true, force: true });
});
