import type { ParameterSpec } from "../arguments/parameter.ts";
import type { KerasObject } from "../definition.ts";

/** An initializer, a regularizer or a constraint that a model file can name. */
export interface KerasObjectDefinition {
  readonly kind: KerasObject["kind"];
  /** As written in Layers, Keras' snake case: `he_normal`. */
  readonly identifier: string;
  /** Keras' class: `HeNormal`. */
  readonly className: string;
  /** Other names Keras accepts: `normal` for `random_normal`. The class name is always accepted. */
  readonly aliases?: readonly string[];
  /** Keras' arguments in Keras' order. */
  readonly parameters: readonly ParameterSpec[];
  /** Works on matrices only, so not on a bias. */
  readonly matrixOnly?: boolean;
}
