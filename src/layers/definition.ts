import type { Activation } from "../activations/definition.ts";
import type { GraphBuilder, Tensor, WeightTensor } from "../ir/graph.ts";
import type { Shape } from "../ir/shape.ts";

/** An initializer, regularizer or constraint as chosen in a model file, ready to be serialized as Keras does. */
export interface KerasObject {
  readonly kind: "initializer" | "regularizer" | "constraint";
  /** As written in Layers: `he_normal`. */
  readonly identifier: string;
  /** Keras' class: `HeNormal`. */
  readonly className: string;
  /** Every argument, in Keras' order. */
  readonly config: Readonly<Record<string, ConfigValue>>;
}

/** A checked argument value. `null` is `none`. */
export type ConfigValue =
  | number
  | boolean
  | string
  | null
  | readonly ConfigValue[]
  | Activation
  | KerasObject;

/** Every argument of a layer by its Keras name, in Keras' order, defaults filled in. */
export type LayerConfig = Readonly<Record<string, ConfigValue>>;

/** A trained array of a layer. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly trainable: boolean;
}

/** What lowering a layer gets. */
export interface LowerContext<Config extends LayerConfig = LayerConfig> {
  readonly config: Config;
  readonly input: Tensor;
  readonly outputShape: Shape;
  /** The layer's weight of that name; throws for a name the layer did not declare. */
  weight(name: string): WeightTensor;
  readonly graph: GraphBuilder;
}

/** What a layer class is: one of these per file, listed in `index.ts`. */
export interface LayerDefinition {
  /** Keras' class name: `Dense`. */
  readonly className: string;
  /** TODO(front): parameters (Keras' names, order, defaults, types) and build (output shape, weights, problems). */
  readonly lower: (context: LowerContext) => Tensor;
}
