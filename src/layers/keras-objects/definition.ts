import type { KerasObject, ParameterSpec } from "../definition.ts";

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
  /** Works on matrices only, so not on a bias. */
  readonly matrixOnly?: boolean;
  /** The arguments of VarianceScaling that make the same initializer. */
  readonly scaling?: { readonly scale: number; readonly mode: string; readonly distribution: "normal" | "uniform" };
}
