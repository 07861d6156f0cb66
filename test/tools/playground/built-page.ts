import { execFile } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { madeOnce } from "../made-once.ts";

const folder = fileURLToPath(new URL("../../../examples/playground", import.meta.url));

/** The folder with the built page. */
export function buildPage(): Promise<string> {
  return madeOnce("playground", async (made) => {
    const argv = [path.join(folder, "node_modules/vite/bin/vite.js"), "build", "--emptyOutDir", "--outDir", made];
    // Vitest says that it is a test, and libraries have other code for that.
    const env = { ...process.env, NODE_ENV: "production" };
    await promisify(execFile)(process.execPath, argv, { cwd: folder, env });
  });
}
