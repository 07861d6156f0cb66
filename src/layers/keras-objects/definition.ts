import type { Tensor } from "../../ir/graph.ts";
import type { StepBuilder } from "../../ir/step-graph.ts";
import type { CallArgument } from "../arguments/value.ts";
import type { ConfigOf, KerasObject, LayerConfig, ParameterSpec } from "../definition.ts";

/** An initializer, a regularizer, a constraint, an optimizer, ... that a model file can name. */
export interface KerasObjectDefinition {
  readonly kind: KerasObject["kind"];
  /** As written in Layers, Keras' snake case: `he_normal`. */
  readonly identifier: string;
  /** Keras' class: `HeNormal`. */
  readonly className: string;
  /** What it does in training, a sentence or two of Markdown for those who write it. */
  readonly doc: string;
  /** Other names Keras accepts: `normal` for `random_normal`. The class name is always accepted. */
  readonly aliases?: readonly string[];
  /** Keras' arguments in Keras' order. */
  readonly parameters: readonly ParameterSpec[];
  /** How what an argument of an older Keras said is written now; undefined for any other name. */
  readonly helpOfFormer?: (name: string, args: readonly CallArgument[]) => string | undefined;
  /** Works on matrices only, so not on a bias. */
  readonly matrixOnly?: boolean;
  /** The arguments of VarianceScaling that make the same initializer. */
  readonly scaling?: { readonly scale: number; readonly mode: string; readonly distribution: "normal" | "uniform" };
}

/** What a weight, or what a layer gives, adds to the loss. */
export interface RegularizerDefinition<Config = LayerConfig> extends KerasObjectDefinition {
  readonly kind: "regularizer";
  /** Of shape `[]`, of a weight; a value that each sample has of its own has a penalty for each. */
  readonly penalty: (graph: StepBuilder, value: Tensor, config: Config) => Tensor;
}

/** What a weight is held to after each step of training. */
export interface ConstraintDefinition<Config = LayerConfig> extends KerasObjectDefinition {
  readonly kind: "constraint";
  /** The weight as it is then. */
  readonly project: (graph: StepBuilder, weight: Tensor, config: Config) => Tensor;
}

/** A regularizer whose penalty gets its arguments with the types of its parameters. */
export function defineRegularizer<const Parameters extends readonly ParameterSpec[]>(
  definition: Omit<RegularizerDefinition<ConfigOf<Parameters>>, "kind"> & { readonly parameters: Parameters },
): RegularizerDefinition {
  // Configs are made by the parameters, so that each argument has its type.
  return { kind: "regularizer", ...definition } as unknown as RegularizerDefinition;
}

/** A constraint whose projection gets its arguments with the types of its parameters. */
export function defineConstraint<const Parameters extends readonly ParameterSpec[]>(
  definition: Omit<ConstraintDefinition<ConfigOf<Parameters>>, "kind"> & { readonly parameters: Parameters },
): ConstraintDefinition {
  // As above.
  return { kind: "constraint", ...definition } as unknown as ConstraintDefinition;
}
