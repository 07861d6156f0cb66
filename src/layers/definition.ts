import type { Activation } from "../activations/definition.ts";
import type { Diagnostic, RelatedPlace, Span } from "../diagnostics/diagnostic.ts";
import type { Tensor, WeightTensor } from "../ir/graph.ts";
import type { GraphBuilder } from "../ir/graph-builder.ts";
import type { Shape } from "../ir/shape.ts";
import type { StepBuilder } from "../ir/step-graph.ts";
import type { Value } from "./arguments/value.ts";

/**
 * An initializer, a regularizer or a constraint, or what `compile` names, as chosen in a model file, ready to be serialized
 * as Keras does.
 */
export interface KerasObject {
  readonly kind: "initializer" | "regularizer" | "constraint" | "optimizer" | "schedule" | "loss" | "metric";
  /** As written in Layers: `he_normal`. */
  readonly identifier: string;
  /** Keras' class: `HeNormal`. */
  readonly className: string;
  /** Every argument, in Keras' order. */
  readonly config: LayerConfig;
}

/** A checked argument value. `null` is `none`; a run-time dim in a shape is its name. */
export type ConfigValue =
  number | boolean | string | null | readonly ConfigValue[] | Activation | KerasObject | WrappedLayer;

/** A layer given as an argument: `TimeDistributed(Dense(3))`. */
export interface WrappedLayer {
  readonly kind: "layer";
  readonly definition: LayerDefinition;
  readonly config: LayerConfig;
  /** Present where training leaves its weights as they are. */
  readonly trainable?: false;
}

/** Every argument of a layer by its Keras name, in Keras' order, defaults filled in. */
export type LayerConfig = Readonly<Record<string, ConfigValue>>;

/** What an argument may be. Made by the functions in `arguments/`; they compose (`optional(positiveInteger)`). */
export interface ArgumentType<Result extends ConfigValue = ConfigValue> {
  /** After "expected": `a positive integer`. */
  readonly expected: string;
  /** Bare words it accepts, for "did you mean". */
  readonly words?: readonly string[];
  /** The words to offer while somebody writes: those without aliases, and `true`, `false`, `none`. */
  readonly offered?: readonly string[];
  /** What an item of it takes, where it is a list. */
  readonly item?: ArgumentType;
  /** The checked value, or undefined after reporting why there is none (an unknown value gives none in silence). */
  readonly convert: (value: Value, site: ArgumentSite) => Result | undefined;
}

/** What is suggested for a word that is written wrongly, in place of the nearest one. */
export type Suggest = (nearest: string, written: string) => string;

/** Which argument is converted, and where its errors go. */
export interface ArgumentSite {
  /** As messages call it: `'units' of Dense`. */
  readonly subject: string;
  readonly related: readonly RelatedPlace[];
  /** Whether `none` can stand there, too. */
  readonly takesNone?: true;
  /** What it is where it is left out; absent where it must be given, and of a part of a list. */
  readonly preset?: ConfigValue | undefined;
  /** What is suggested in place of what is nearest to a word, where more is known of what fits. */
  readonly suggest?: Suggest;
  report(diagnostic: Diagnostic): void;
}

/** A parameter of a layer, an activation, an initializer, ...: Keras' name, what it takes and its default. */
export interface ParameterSpec {
  readonly name: string;
  readonly type: ArgumentType;
  /** Absent where the argument must be given. */
  readonly default?: ConfigValue;
  /** What it means in Keras' terms, a sentence or two of Markdown for those who write it. */
  readonly doc: string;
  /** It is given by its name alone, as behind the `*` of a Python signature. */
  readonly keywordOnly?: true;
  /** It acts in training only: the forward function is the same for every value. */
  readonly trainingOnly?: true;
  /** What Keras called it before: `alpha` for `negative_slope`. Files of that time have this name. */
  readonly formerName?: string;
  /**
   * The value in the one form that all equal ones have, for an input of that shape: axes counted from the front, where
   * both -1 and the last axis are given. Absent where values are equal only as they are.
   */
  readonly normalize?: (value: ConfigValue, input: Shape, config: LayerConfig) => ConfigValue;
}

/** The arguments that parameters give, each of the type that its parameter takes: `{ units: number }`. */
export type ConfigOf<Parameters extends readonly ParameterSpec[]> = {
  readonly [Parameter in Parameters[number] as Parameter["name"]]: Parameter["type"] extends ArgumentType<infer Result>
    ? Result
    : never;
};

/** A trained array of a layer; a wrapped layer's come after its name: `dense/kernel`. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly trainable: boolean;
}

/** What lowering a layer gets. */
export interface LowerContext<Config = LayerConfig> {
  readonly config: Config;
  readonly input: Tensor;
  readonly outputShape: Shape;
  /** The layer's weight of that name; throws for a name the layer did not declare. */
  weight(name: string): WeightTensor;
  /** An array that the source gives, under a name that no weight of the layer has. */
  constant(name: string, shape: readonly number[], values: readonly number[]): WeightTensor;
  readonly graph: GraphBuilder;
}

/** What a layer in a step of training gets. */
export interface TrainContext<Config = LayerConfig> extends LowerContext<Config> {
  readonly graph: StepBuilder;
  /** Whether the step trains; otherwise the layer does what it does outside of training, and adds its penalties all the same. */
  readonly isTraining: boolean;
  /** Whether the layer's weights are trained: neither it nor a model around it is frozen. */
  readonly trainable: boolean;
  /** Moves a statistic: it becomes `kept * before + added`, `added` having the weight's shape. */
  follow(weight: WeightTensor, kept: number, added: Tensor): Moved;
}

/** A statistic before and after it has been moved. */
export interface Moved {
  before(): Tensor;
  readonly after: Tensor;
}

/** What a layer's shape rule gets. */
export interface BuildContext<Config = LayerConfig> {
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

/** Why a layer, or a part of its shape rule, can't be. */
export interface Rejected {
  readonly kind: "rejected";
  readonly diagnostic: Diagnostic;
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
  | Rejected;

/** What a layer is in the forward function, where that is something that others are, too. */
export type ForwardMeaning =
  /** It passes its input through. */
  | { readonly kind: "identity" }
  /** It is an activation by itself. */
  | { readonly kind: "activation"; readonly activation: Activation }
  /** It gives the elements another shape: Keras' target, in which -1 is what is left. */
  | { readonly kind: "reshape"; readonly target: readonly (number | string)[] }
  /** It applies a layer to each place along the first axis. */
  | { readonly kind: "each-step"; readonly layer: WrappedLayer }
  /** Only itself; `elementwise` where it works on each element alone. */
  | { readonly kind: "own"; readonly elementwise?: true };

/** What a layer class is: one of these per file, made by `defineLayer` and listed in `index.ts`. */
export interface LayerDefinition<Config = LayerConfig> {
  /** Keras' class name: `Dense`. */
  readonly className: string;
  /** What it does, a sentence or two of Markdown for those who write it. */
  readonly doc: string;
  /** Keras' arguments in Keras' order. */
  readonly parameters: readonly ParameterSpec[];
  /** Arguments that Keras' class has besides, and that leave the forward function of a saved model as it is. */
  readonly silent?: readonly string[];
  /** The output has the shape of the input whatever the arguments are, so a wrong argument leaves the shape known. */
  readonly keepsShape?: boolean;
  /** What it computes, for a reader: `relu(x · kernel + bias)`. Absent where `doc` says it all, and where `meaning` does. */
  readonly formula?: (config: Config) => string;
  /** What it is in the forward function; absent for a layer that is only itself, whatever its arguments. */
  readonly meaning?: (config: Config) => ForwardMeaning;
  /** The shape rule and the weights, in Keras' order. Pure; must accept every config its parameters let through. */
  readonly build: (context: BuildContext<Config>) => BuildResult;
  readonly lower: (context: LowerContext<Config>) => Tensor;
  /** The same in a step of training; absent where it is the same. */
  readonly train?: (context: TrainContext<Config>) => Tensor;
}
