import type { Span } from "../diagnostics/diagnostic.ts";
import type { Shape } from "../ir/shape.ts";
import type { LayerConfig, LayerDefinition, WeightSpec } from "../layers/definition.ts";
import type { LossDefinition } from "../training/losses/definition.ts";
import type { MetricDefinition } from "../training/metrics/definition.ts";
import type { OptimizerDefinition } from "../training/optimizers/definition.ts";

/** A model whose names are resolved and whose every shape is known. */
export interface Model {
  readonly kind: "model";
  /** As declared: `Digits`. */
  readonly name: string;
  /** The name of the generated export: `digits`. */
  readonly exportName: string;
  readonly doc?: string;
  /** The file it is declared in. */
  readonly file: string;
  /** The name in the declaration. */
  readonly nameSpan: Span;
  readonly inputShape: Shape;
  readonly inputSpan: Span;
  readonly outputShape: Shape;
  /** Run-time dims of the input shape, in order of appearance. */
  readonly dims: readonly string[];
  readonly layers: readonly ModelLayer[];
  readonly labels?: readonly string[];
  readonly weights?: ModelWeights;
  /** Absent where the model has no `compile` clause; that of a nested model has no part in the model around it. */
  readonly compile?: ModelCompile;
}

/** A `weights` clause. */
export interface ModelWeights {
  /** As written, relative to the file of the model. */
  readonly path: string;
  /** What the names of the arrays in the file begin with; without it the model takes all of them. */
  readonly prefix?: { readonly text: string; readonly span: Span };
  readonly span: Span;
  /** Of the path; absent where no clause has it. */
  readonly pathSpan?: Span;
}

/**
 * A `compile` clause: how the model is trained. What trains reads its numbers from each `config`, in which every argument
 * stands by Keras' name; a `learning_rate` is a number or a schedule, which has a `config` of its own.
 */
export interface ModelCompile {
  readonly optimizer: Chosen<OptimizerDefinition>;
  readonly loss: Chosen<LossDefinition>;
  /** In the order of the clause; none where it names none. */
  readonly metrics: readonly Chosen<MetricDefinition>[];
  readonly span: Span;
}

/** An optimizer, a loss or a metric, with every argument, in Keras' order, defaults filled in. */
export interface Chosen<Definition> {
  readonly definition: Definition;
  readonly config: LayerConfig;
}

export type ModelLayer = LayerInstance | NestedModel;

interface LayerBase {
  /** Unique in its model: `dense_1`, `hidden`. Never contains `/`. */
  readonly name: string;
  /** Written in the source (`hidden: Dense(64)`), not automatic. */
  readonly named: boolean;
  readonly doc?: string;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  /**
   * As the statement has it. False freezes its weights, of a nested model those of all layers inside: `isTrained` says so of
   * a weight. A frozen BatchNormalization works as in inference, as in Keras.
   */
  readonly trainable: boolean;
  /** The statement. */
  readonly span: Span;
  /** The statement in the model's own body that the layer comes from, where that is a call of a block. */
  readonly use?: Span;
}

export interface LayerInstance extends LayerBase {
  readonly kind: "layer";
  readonly definition: LayerDefinition;
  readonly config: LayerConfig;
  /** In Keras' order: kernel, bias. */
  readonly weights: readonly WeightSpec[];
}

/** A model used as a layer: an instance with weights of its own, nested under its name. */
export interface NestedModel extends LayerBase {
  readonly kind: "nested";
  readonly model: Model;
}
