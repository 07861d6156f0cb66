import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { minified, sizeOf, type Size } from "../code-size.ts";
import { layercModule, type ModuleOptions } from "../layerc-module.ts";
import { benchFolder } from "../results.ts";
import { formatBytes, table } from "../table.ts";
import { writeWorkload } from "../workload-files.ts";
import { workloads } from "../workloads.ts";
import type { Part } from "./part.ts";

export interface SizeData {
  /** Modules with the text of their weights left out, and modules that read them from a file. */
  readonly modules: readonly (Size & {
    readonly contender: string;
    readonly workload: string;
    readonly weights: "inline" | "file";
  })[];
  readonly peers: readonly (Size & { readonly name: string })[];
}

const variants: readonly (readonly [contender: string, options: Omit<ModuleOptions, "weights">])[] = [
  ["layerc-ts", { target: "typescript" }],
  ["layerc-wasm", { target: "wasm" }],
  ["layerc-auto", { target: "auto" }],
  ["layerc-bf16", { target: "wasm", precision: "bfloat16" }],
];

/** What of a peer a page loads: the code that runs a stack of Dense layers, bundled, and files beside it. */
const peers: readonly { readonly name: string; readonly entry?: string; readonly files: readonly string[] }[] = [
  {
    name: "onnxruntime-web",
    entry: `export { InferenceSession, Tensor } from "onnxruntime-web/wasm";`,
    files: ["onnxruntime-web/dist/ort-wasm-simd-threaded.wasm"],
  },
  {
    name: "tfjs wasm",
    entry: `import "@tensorflow/tfjs-backend-wasm";
      export { tensor2d } from "@tensorflow/tfjs-core";
      export { layers, sequential } from "@tensorflow/tfjs-layers";`,
    files: ["@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm"],
  },
  {
    name: "tfjs cpu",
    entry: `import "@tensorflow/tfjs-backend-cpu";
      export { tensor2d } from "@tensorflow/tfjs-core";
      export { layers, sequential } from "@tensorflow/tfjs-layers";`,
    files: [],
  },
  { name: "brain.js (whose functions stand alone)", files: ["brain.js/browser.min.js"] },
];

/** How much code an application carries: modules without their weights, and the peers. */
export const sizePart: Part<SizeData> = {
  name: "size",
  title: "Code size",
  async run({ only }) {
    const modules: SizeData["modules"][number][] = [];
    for (const { name, network } of workloads.filter((workload) => (only ?? ["T", "M", "L"]).includes(workload.name))) {
      console.error(`size ${name} ...`);
      const folder = mkdtempSync(path.join(os.tmpdir(), "layerc-bench-"));
      writeWorkload(folder, network, 1);
      for (const [contender, options] of variants) {
        for (const weights of ["inline", "file"] as const) {
          try {
            const module = await layercModule(folder, { ...options, weights });
            modules.push({ contender, workload: name, weights, ...sizeOf([await carried(module, weights)]) });
          } catch (error) {
            console.error(`  without ${contender}: ${(error as Error).message}`);
          }
        }
      }
      rmSync(folder, { recursive: true, force: true });
    }
    return { modules, peers: await peerSizes() };
  },
  markdown: ({ modules, peers }) => {
    const text = ({ raw, gzipped }: Size): string => `${formatBytes(raw)}, ${formatBytes(gzipped)}`;
    const names = [...new Set(modules.map(({ workload }) => workload))];
    const rows = [...new Set(modules.map(({ contender }) => contender))].map((contender) => [
      contender,
      ...names.flatMap((name) =>
        (["inline", "file"] as const).map((weights) => {
          const found = modules.find(
            (module) => module.contender === contender && module.workload === name && module.weights === weights,
          );
          return found === undefined ? "–" : text(found);
        }),
      ),
    ]);
    return [
      "What an application carries of a module that it calls, minified, and gzipped: the module with the text of its weights left out, and one that reads them from a file, with its reader.",
      table(["", ...names.flatMap((name) => [name, `${name}, file`])], rows),
      "What a page loads of the others, the model not counted:",
      table(
        ["", "minified, gzipped"],
        peers.map((peer) => [peer.name, text(peer)]),
      ),
    ].join("\n\n");
  },
};

async function peerSizes(): Promise<SizeData["peers"]> {
  const require = createRequire(path.join(benchFolder, "package.json"));
  const found: SizeData["peers"][number][] = [];
  // Beside the bundle of the benchmarks, whence packages are found.
  const folder = mkdtempSync(path.join(path.dirname(process.argv[1] ?? ""), "size-"));
  for (const { name, entry, files } of peers) {
    try {
      console.error(`size of ${name} ...`);
      const contents: (string | Uint8Array)[] = files.map((file) =>
        readFileSync(path.join(benchFolder, "node_modules", file)),
      );
      if (entry !== undefined) {
        const file = path.join(folder, "entry.js");
        writeFileSync(file, entry);
        contents.push(await minified(file));
      }
      found.push({ name, ...sizeOf(contents) });
    } catch (error) {
      console.error(`  without ${name}: ${(error as Error).message.split("\n")[0]}`);
    }
  }
  rmSync(folder, { recursive: true, force: true });
  const native = nativeRuntime(path.dirname(safeResolve(require, "onnxruntime-node/package.json") ?? ""));
  return native === undefined ? found : [...found, { name: "onnxruntime-node, native library", ...native }];
}

function nativeRuntime(folder: string): Size | undefined {
  const own = path.join(folder, "bin/napi-v6", process.platform, process.arch);
  const file = path.join(own, "libonnxruntime.so.1");
  return existsSync(file) ? sizeOf([readFileSync(file)]) : undefined;
}

function safeResolve(require: NodeJS.Require, id: string): string | undefined {
  try {
    return require.resolve(id);
  } catch {
    return undefined;
  }
}

/** What is left of a module, without its weights, in an application that calls it. */
async function carried(module: string, weights: "inline" | "file"): Promise<string> {
  const folder = path.dirname(module);
  const bare = path.join(folder, `bare-${weights}.js`);
  // Literals in straight-line code are code; base64 is not.
  const text = readFileSync(module, "utf8").replace(
    /(little-endian float32[^\n]* as base64[^"]*")[A-Za-z0-9+/=]*"/g,
    '$1"',
  );
  writeFileSync(bare, text);
  const entry = path.join(folder, `entry-${weights}.js`);
  const names = weights === "inline" ? "net" : "createNet, readNetWeights";
  writeFileSync(entry, `export { ${names} } from "./bare-${weights}.js";\n`);
  return minified(entry);
}
