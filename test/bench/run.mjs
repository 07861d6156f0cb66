// Starts the benchmarks, in the Node that their package installs: bundles main.ts and the scripts of the processes it starts,
// because this Node may not run TypeScript, and hands its arguments on.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, "../..");

const installed = spawnSync(process.execPath, [path.join(root, ".ci/ensure-installed.mjs"), "test/bench"], {
  cwd: root,
  stdio: "inherit",
});
if (installed.status !== 0) console.error("The peers are not installed: going on without those that are missing.");

const node = findNode();
// Two runs at once must not overwrite each other's files.
const out = path.join(here, "dist", String(process.pid));
process.on("exit", () => rmSync(out, { recursive: true, force: true }));
await bundle();

const child = spawnSync(node, [path.join(out, "main.js"), ...process.argv.slice(2)], { cwd: root, stdio: "inherit" });
process.exitCode = child.status ?? 1;

/** Node 24 as npm installed it for this machine, or the running one, with a word about that. */
function findNode() {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const file = path.join(
    here,
    "node_modules",
    `node-${platform}-${process.arch}`,
    "bin",
    `node${platform === "win" ? ".exe" : ""}`,
  );
  if (existsSync(file)) return file;
  console.error(
    `No Node 24 for ${process.platform} ${process.arch} is installed: measuring with Node ${process.versions.node}.`,
  );
  return process.execPath;
}

async function bundle() {
  const scripts = ["contenders", "children"].flatMap((folder) =>
    readdirSync(path.join(here, folder)).map((file) => `${folder}/${path.basename(file, ".ts")}`),
  );
  const input = Object.fromEntries(["main", ...scripts].map((name) => [name, path.join(here, `${name}.ts`)]));
  const made = await rolldown({
    cwd: root,
    input: { ...input, cli: path.join(root, "src/cli/main.ts") },
    platform: "node",
    // As in .ci/build.mjs: its main file can't be bundled.
    resolve: { alias: { "jsonc-parser": path.join(root, "node_modules/jsonc-parser/lib/esm/main.js") } },
    // The packages that .ci/build.mjs leaves out of the command too, and the peers.
    external: /^(?:prettier|h5wasm|fflate|jiti|wabt|rolldown|onnxruntime-\w+|@tensorflow|brain\.js|synaptic)(?:\/|$)/,
    logLevel: "warn",
  });
  await made.write({ dir: out, format: "esm", entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" });
  await made.close();
}
