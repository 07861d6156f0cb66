import type { Scalar } from "../../ir/scalar.ts";
import type { StepNumber } from "../../ir/step-number.ts";
import type { ConfigOf, LayerConfig, ParameterSpec } from "../../layers/definition.ts";
import type { KerasObjectDefinition } from "../../layers/keras-objects/definition.ts";
import { helpOfDecay } from "./former-decay.ts";

/** What an optimizer makes of a weight and its gradient: what all have in common (`common.ts`) comes before and after it. */
export interface UpdateRule {
  /** Arrays of the weight's shape beside each weight, by Keras' names, and what all their elements begin with. */
  readonly slots: Readonly<Record<string, number>>;
  /** Single numbers that go on from step to step. `next` is computed first in a step, of the states as they were. */
  readonly states?: Readonly<Record<string, { readonly initial: number; readonly next: StepNumber }>>;
  /** Computed once a step, of `step` (1 at the first), `learning_rate` and the states as they have become. */
  readonly numbers: Readonly<Record<string, StepNumber>>;
  /** Sums over the elements of a weight, of `w`, the gradient `g`, slots as they were, and numbers. */
  readonly sums?: Readonly<Record<string, Scalar>>;
  /** What slots and `w` become, of all these as they were before; what stands in several is the same object. */
  readonly assign: Readonly<Record<string, Scalar>>;
}

/** What changes the weights at each step of training: one of these per file, listed in `index.ts`. */
export interface OptimizerDefinition<Config = LayerConfig> extends KerasObjectDefinition {
  readonly kind: "optimizer";
  readonly rule: (config: Config) => UpdateRule;
}

/** An optimizer whose rule gets its arguments with the types of its parameters. */
export function defineOptimizer<const Parameters extends readonly ParameterSpec[]>(
  definition: Omit<OptimizerDefinition<ConfigOf<Parameters>>, "kind"> & { readonly parameters: Parameters },
): OptimizerDefinition {
  // Configs are made by the parameters, so that each argument has its type.
  return {
    kind: "optimizer",
    helpOfFormer: helpOfDecay(definition.parameters),
    ...definition,
  } as unknown as OptimizerDefinition;
}
