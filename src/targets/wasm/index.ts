import type { TargetEntry } from "../target.ts";
import { typescript } from "../typescript/index.ts";

/** SIMD WebAssembly inside a module of the TypeScript target, whose loops run where it can't. */
export const wasm = {
  name: "wasm",
  title: "WebAssembly",
  auto: true,
  leastRuntime: "without relaxed SIMD, as in Node 20",
  reservedNames: ["wasm", "memory", "data", "failed", "missing", "one", "xAddress", "aAddress", "bAddress", "yAddress"],
  endings: typescript.endings,
  load: async () => (await import("./target.ts")).wasmTarget,
} as const satisfies TargetEntry;
