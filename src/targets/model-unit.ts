import type { InfoObject } from "../ir/info-value.ts";
import type { LoopProgram } from "../ir/loops.ts";
import type { Shape } from "../ir/shape.ts";
import type { WeightTensor } from "../ir/graph.ts";
import type { WeightArrays } from "../ir/weight-arrays.ts";
import type { WasmModules } from "./wasm/assemble.ts";

/** One model as a target gets it: its optimised loops and what the module says about it. */
export interface ModelUnit {
  /** As declared: `Digits`. */
  readonly name: string;
  /** `digits` */
  readonly exportName: string;
  readonly doc?: string;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly dims: readonly string[];
  readonly program: LoopProgram;
  /** Present where the model runs on WebAssembly, and `program` only where that can't be had. */
  readonly wasm?: WasmModules;
  /** Every trained array, in the model's order. */
  readonly weights: readonly WeightTensor[];
  readonly binding: WeightBinding;
  readonly parameterCount: number;
  readonly info: InfoObject;
  /** One line a layer for the file's header: name, class, output shape, parameters. */
  readonly summary: readonly SummaryRow[];
}

/**
 * `inline`: the arrays are part of the module. `file`: they lie in a safetensors file beside it. `argument`: the caller
 * brings them.
 */
export type WeightBinding =
  | { readonly kind: "inline"; readonly arrays: WeightArrays }
  | { readonly kind: "file"; readonly fileName: string }
  | { readonly kind: "argument" };

export interface SummaryRow {
  readonly layer: string;
  readonly outputShape: string;
  readonly parameters: number;
}
