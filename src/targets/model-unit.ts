import type { InfoObject } from "../ir/info-value.ts";
import type { LoopProgram } from "../ir/loops.ts";
import type { Shape } from "../ir/shape.ts";
import type { ScoreMeaning } from "../lower/score-meaning.ts";
import type { WeightTensor } from "../ir/graph.ts";
import type { WeightArrays } from "../ir/weight-arrays.ts";
import type { TrainerUnit } from "./trainer-unit.ts";
import type { Backend } from "./typescript/backend.ts";

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
  /** Present where other code runs the model, and `program` only where that can't run. */
  readonly backend?: Backend;
  /** Present where the module has a trainer of the model as well. */
  readonly trainer?: TrainerUnit;
  /** Every trained array, in the model's order. */
  readonly weights: readonly WeightTensor[];
  readonly binding: WeightBinding;
  readonly parameterCount: number;
  /** The names of the places along the output's last axis, at least one. */
  readonly labels?: { readonly names: readonly string[]; readonly scores: ScoreMeaning };
  /** All else that the module says about the model; the labels are exported by themselves. */
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

/** The arrays whose values the compiler may compute with. */
export function knownArrays(binding: WeightBinding): WeightArrays {
  return binding.kind === "inline" ? binding.arrays : new Map();
}
