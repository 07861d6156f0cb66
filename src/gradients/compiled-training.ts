import type { Tensor } from "../ir/graph.ts";
import type { StepBuilder } from "../ir/step-graph.ts";
import type { StepNumber } from "../ir/step-number.ts";
import type { Compared } from "../training/compared.ts";
import type { CommonUpdate } from "../training/optimizers/common.ts";
import type { UpdateRule } from "../training/optimizers/definition.ts";

/** How a model is trained: what its `compile` clause means. */
export interface CompiledTraining {
  readonly optimizer: {
    readonly rule: UpdateRule;
    readonly common: CommonUpdate;
    /** Of the local `iterations`. */
    readonly learningRate: StepNumber;
  };
  readonly loss: {
    readonly targets: "same" | "labels";
    /** A label that counts for nothing. */
    readonly ignored?: number;
    /** The loss of a batch, of shape `[]`; `weight` is one number a sample. */
    value(compared: Compared, weight: Tensor): Tensor;
  };
  readonly metrics: readonly CompiledMetric[];
}

export interface CompiledMetric {
  /** As results have it: `accuracy`. */
  readonly name: string;
  sums(compared: Compared & { readonly weight: Tensor }): Readonly<Record<string, Tensor>>;
  result(graph: StepBuilder, sums: Readonly<Record<string, Tensor>>): Tensor;
}
