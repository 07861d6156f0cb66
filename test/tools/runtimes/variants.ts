import type { CompileOptions } from "../../../src/index.ts";
import type { Backend } from "./case.ts";
import type { Force } from "./force.ts";

/** A way to compile the examples. */
export interface Variant {
  readonly name: string;
  readonly options: CompileOptions;
  /** What its modules compute with: WebAssembly where the runtime permits it, or `auto`, for each model one of both. */
  readonly backend: "typescript" | "wasm" | "auto";
  /** What the kernels of the weights are rounded to. */
  readonly precision: "float32" | "bfloat16";
}

export const variants: readonly Variant[] = [
  { name: "typescript", options: {}, backend: "typescript", precision: "float32" },
  { name: "typescript-loops", options: { unroll: "none" }, backend: "typescript", precision: "float32" },
  { name: "typescript-sidecar", options: { weights: "file" }, backend: "typescript", precision: "float32" },
  { name: "wasm", options: { target: "wasm" }, backend: "wasm", precision: "float32" },
  { name: "wasm-sidecar", options: { target: "wasm", weights: "file" }, backend: "wasm", precision: "float32" },
  { name: "auto", options: { target: "auto" }, backend: "auto", precision: "float32" },
  {
    name: "wasm-bfloat16",
    options: { target: "wasm", precision: "bfloat16" },
    backend: "wasm",
    precision: "bfloat16",
  },
  { name: "typescript-bfloat16", options: { precision: "bfloat16" }, backend: "typescript", precision: "bfloat16" },
];

/** The variants that a forced path makes a difference to; all where nothing is forced. */
export function variantsFor(force: Force): readonly Variant[] {
  return force === "as-it-is" ? variants : variants.filter(({ backend }) => backend !== "typescript");
}

/** The fastest path that is left where a runtime permits `best`. */
export function pathLeft(best: Backend, force: Force): Backend {
  if (force === "as-it-is" || best === "typescript") return best;
  return force === "without-relaxed-simd" ? "wasm-simd" : "typescript";
}

/** What `<model>Info.backend` may say. A module of the TypeScript target need not say anything. */
export function possibleBackends({ backend }: Variant, permitted: Backend): readonly (Backend | undefined)[] {
  switch (backend) {
    case "typescript":
      return ["typescript", undefined];
    case "wasm":
      return [permitted];
    case "auto":
      return ["typescript", permitted, undefined];
  }
}
