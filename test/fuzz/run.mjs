// npm run fuzz [-- --count 100000 --seed 1 --only 4711]: bundles main.ts and the script of its workers, because this Node may
// not run TypeScript, and hands its arguments on. Numbers are bounded, not seconds; the same seed gives the same inputs.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, "../..");
const out = path.join(here, "dist", String(process.pid));
process.on("exit", () => rmSync(out, { recursive: true, force: true }));

const made = await rolldown({
  cwd: root,
  input: { main: path.join(here, "main.ts"), worker: path.join(here, "worker.ts") },
  platform: "node",
  resolve: {
    alias: {
      // As in .ci/build.mjs: its main file can't be bundled.
      "jsonc-parser": path.join(root, "node_modules/jsonc-parser/lib/esm/main.js"),
      // The layout of generated code is looked at by nobody here.
      "prettier/standalone": path.join(root, "test/support/prettier.ts"),
    },
  },
  external: /^(?:h5wasm|fflate|jiti|wabt|prettier)(?:\/|$)/,
  logLevel: "warn",
});
await made.write({ dir: out, format: "esm", entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" });
await made.close();

const child = spawnSync(process.execPath, [path.join(out, "main.js"), ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
process.exitCode = child.status ?? 1;
