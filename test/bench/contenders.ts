import { layercModule, moduleFolder, onnxModel, type ModuleOptions } from "./layerc-module.ts";
import type { NamedWorkload } from "./workloads.ts";
import { compileC } from "./c/compile.ts";

/** A contender as the benchmarks start it. */
export interface ContenderEntry {
  readonly name: string;
  /** As tables call it; `name` has no spaces. */
  readonly title: string;
  readonly kind: "layerc" | "peer" | "bound";
  /** Why it does not run a workload, or undefined when it does. */
  readonly skips?: (workload: NamedWorkload) => string | undefined;
  /**
   * Makes the files that it reads in the workload's folder. A contender in JavaScript is a script of `contenders/` with its
   * options, another a program.
   */
  start(folder: string, workload: Pick<NamedWorkload, "weights">): Promise<Launch>;
}

/** How a contender is started. */
export type Launch =
  | { readonly kind: "script"; readonly name: string; readonly options: readonly string[] }
  | { readonly kind: "program"; readonly command: readonly string[] };

export function script(name: string, ...options: readonly string[]): Launch {
  return { kind: "script", name, options };
}

/** A module that layerc compiles with these options; `backend` is the one that it must run as, or `any`. */
export function layercEntry(
  name: string,
  options: Omit<ModuleOptions, "weights"> & Partial<ModuleOptions>,
  backend: string,
): ContenderEntry {
  return {
    name,
    title: name.replace("-", " "),
    kind: "layerc",
    async start(folder, { weights }) {
      const whole = { weights, ...options };
      await layercModule(folder, whole);
      return script("layerc", `${moduleFolder(whole)}/net.js`, backend);
    },
  };
}

/** onnxruntime on what `layerc export` writes; of int8 that is its own dynamic quantisation. */
function onnxruntime(
  name: "onnxruntime-node" | "onnxruntime-web",
  precision: "float32" | "int8",
  ...options: readonly string[]
): ContenderEntry {
  const own = precision === "int8" ? `${name}-int8` : name;
  return {
    name: own,
    title: own.replace("-int8", " int8"),
    kind: "peer",
    start: async (folder) => script(name, await onnxModel(folder, precision), ...options),
  };
}

/** Contenders that compute in integers, and float32 beside them. */
export const int8Contenders: readonly ContenderEntry[] = [
  layercEntry("layerc-int8", { target: "wasm", precision: "int8" }, "wasm-relaxed-simd"),
  layercEntry("layerc-wasm", { target: "wasm" }, "wasm-relaxed-simd"),
  layercEntry("layerc-bf16", { target: "wasm", precision: "bfloat16" }, "wasm-relaxed-simd"),
  onnxruntime("onnxruntime-node", "float32", "fetches"),
  onnxruntime("onnxruntime-node", "int8", "fetches"),
  onnxruntime("onnxruntime-web", "int8"),
];

/** All contenders; a table shows them in this order. */
export const contenders: readonly ContenderEntry[] = [
  layercEntry("layerc-auto", { target: "auto" }, "any"),
  layercEntry("layerc-wasm", { target: "wasm" }, "wasm-relaxed-simd"),
  layercEntry("layerc-simd", { target: "wasm" }, "wasm-simd"),
  layercEntry("layerc-bf16", { target: "wasm", precision: "bfloat16" }, "wasm-relaxed-simd"),
  layercEntry("layerc-ts", { target: "typescript" }, "typescript"),
  onnxruntime("onnxruntime-node", "float32", "fetches"),
  onnxruntime("onnxruntime-web", "float32"),
  {
    name: "tfjs-wasm",
    title: "tfjs wasm",
    kind: "peer",
    start: async () => script("tfjs", "wasm"),
  },
  {
    name: "tfjs-cpu",
    title: "tfjs cpu",
    kind: "peer",
    skips: ({ name }) => (name === "XL" || name === "L256" ? "it takes most of a second for a call" : undefined),
    start: async () => script("tfjs", "cpu"),
  },
  {
    name: "brain.js",
    title: "brain.js toFunction",
    kind: "peer",
    skips: ({ name }) => (name === "T" ? undefined : "its function would be too large"),
    start: async () => script("brain"),
  },
  {
    name: "naive",
    title: "naive JS loops",
    kind: "peer",
    start: async () => script("naive"),
  },
  {
    name: "c",
    title: "C, tuned, gcc",
    kind: "bound",
    start: async (folder) => ({ kind: "program", command: [await compileC(folder)] }),
  },
];
