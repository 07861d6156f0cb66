import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { ModuleFiles } from "./build.ts";
import type { ModelResult, RuntimeResult } from "./case.ts";
import type { Force } from "./force.ts";
import { programs } from "./programs.ts";
import type { Recording } from "./recording.ts";

/** What Node 24 gives for every model of every variant on every path, by `pathKey`. */
export type Outputs = ReadonlyMap<string, Recording>;

/** Each leaves another path to modules of WebAssembly. */
const forcesOfPaths: readonly Force[] = ["as-it-is", "without-relaxed-simd", "without-webassembly"];

/** Runs all modules in Node 24, which results of other engines are compared with. */
export async function outputsOfNode24(files: ModuleFiles): Promise<Outputs> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "layerc-node24-"));
  try {
    writeModules(folder, files);
    const outputs = new Map<string, Recording>();
    for (const force of forcesOfPaths) {
      const options = { cwd: folder, maxBuffer: 2 ** 28 };
      const { stdout } = await promisify(execFile)(programs.node24, [`print-${force}.js`], options);
      for (const model of (JSON.parse(stdout) as RuntimeResult).models) outputs.set(pathKey(model), model.outputs);
    }
    return outputs;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes files of ES modules as a package. */
export function writeModules(folder: string, files: ModuleFiles): void {
  for (const [name, text] of files) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  fs.writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
}

/** A model, the way it was compiled, and the path that it took. */
export function pathKey(model: Pick<ModelResult, "variant" | "example" | "model" | "backend">): string {
  return [model.variant, model.example, model.model, model.backend ?? "typescript"].join(", ");
}
