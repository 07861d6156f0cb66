import type { Activation } from "../activations/definition.ts";
import type { Diagnostic, RelatedPlace, Span } from "../diagnostics/diagnostic.ts";
import type { GraphBuilder, Tensor, WeightTensor } from "../ir/graph.ts";
import type { Shape } from "../ir/shape.ts";
import type { ParameterSpec } from "./arguments/parameter.ts";

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

/** A checked argument value. `null` is `none`; a run-time dim in a shape is its name. */
export type ConfigValue =
  number | boolean | string | null | readonly ConfigValue[] | Activation | KerasObject | WrappedLayer;

/** A layer given as an argument: `TimeDistributed(Dense(3))`. */
export interface WrappedLayer {
  readonly kind: "layer";
  readonly definition: LayerDefinition;
  readonly config: LayerConfig;
}

/** Every argument of a layer by its Keras name, in Keras' order, defaults filled in. */
export type LayerConfig = Readonly<Record<string, ConfigValue>>;

/** A trained array of a layer; a wrapped layer's come after its name: `dense/kernel`. */
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
  /** An array that the source gives, under a name that no weight of the layer has. */
  constant(name: string, shape: readonly number[], values: readonly number[]): WeightTensor;
  readonly graph: GraphBuilder;
}

/** What a layer's shape rule gets. */
export interface BuildContext<Config extends LayerConfig = LayerConfig> {
  readonly config: Config;
  /** The shape that arrives, without the batch axis. */
  readonly input: Shape;
  readonly site: LayerSite;
}

/** Where a layer stands in the source, for the diagnostics of its shape rule. */
export interface LayerSite {
  /** The layer as messages call it: `Dense 'hidden'`. */
  readonly title: string;
  /** The call: `Dense(64)` with its label. */
  readonly span: Span;
  /** Where an argument is written; the call where it is left out. */
  argument(name: string): Span;
  /** Where the arriving shape comes from, and which block the layer is expanded in. */
  readonly related: readonly RelatedPlace[];
}

/** What a shape rule gives: what the layer makes of its input, or why it can't. */
export type BuildResult =
  | {
      readonly kind: "built";
      readonly outputShape: Shape;
      readonly weights: readonly WeightSpec[];
      /** What is allowed and hardly meant. */
      readonly warnings?: readonly Diagnostic[];
    }
  | { readonly kind: "rejected"; readonly diagnostic: Diagnostic };

/** What a layer class is: one of these per file, listed in `index.ts`. */
export interface LayerDefinition {
  /** Keras' class name: `Dense`. */
  readonly className: string;
  /** Keras' arguments in Keras' order. */
  readonly parameters: readonly ParameterSpec[];
  /** The output has the shape of the input whatever the arguments are, so a wrong argument leaves the shape known. */
  readonly keepsShape?: boolean;
  /** The shape rule and the weights, in Keras' order. Pure; must accept every config its parameters let through. */
  readonly build: (context: BuildContext) => BuildResult;
  readonly lower: (context: LowerContext) => Tensor;
}
