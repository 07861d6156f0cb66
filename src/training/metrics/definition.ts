import type { Tensor } from "../../ir/graph.ts";
import type { StepBuilder } from "../../ir/step-graph.ts";
import type { ConfigOf, LayerConfig, ParameterSpec } from "../../layers/definition.ts";
import type { KerasObjectDefinition } from "../../layers/keras-objects/definition.ts";
import type { Compared } from "../compared.ts";

/** What a metric gets of a batch. */
export interface MetricContext extends Compared {
  /** By what each sample counts: a number for each, or one for all. */
  readonly weight: Tensor;
  /** Whether the targets are rows of labels: a 1 at the label, or nothing where that is none of the classes. */
  readonly targets: "same" | "labels";
}

/** Sums over samples, by their names, each with the same shape for every batch. */
export type Sums = Readonly<Record<string, Tensor>>;

/** What is measured of the outputs beside the loss: one of these per file, listed in `index.ts`. */
export interface MetricDefinition<Config = LayerConfig> extends KerasObjectDefinition {
  readonly kind: "metric";
  /**
   * What the targets are: numbers of the output's shape, the index of a class in place of the last axis, or either: what the
   * loss has.
   */
  readonly targets: "same" | "labels" | "either";
  /**
   * What the outputs are, unless `from_logits` says otherwise: probabilities, each by itself or of classes of which one is
   * right; any numbers, one for each class; numbers on one of two sides; or expected counts, none below 0. Absent where they
   * are numbers like the targets.
   */
  readonly outputs?: "probabilities" | "probabilities of classes" | "numbers of classes" | "margins" | "counts";
  /** Whether it needs to know how many places the last axis has; absent where it never does. */
  readonly countsPlaces?: (config: Config) => boolean;
  /** What is summed over the samples of a batch, and added up from batch to batch. */
  readonly sums: (context: MetricContext, config: Config) => Sums;
  /** What the sums come to: a value of shape `[]`. */
  readonly result: (graph: StepBuilder, sums: Sums, config: Config) => Tensor;
}

/** A metric whose functions get its arguments with the types of its parameters. */
export function defineMetric<const Parameters extends readonly ParameterSpec[]>(
  definition: Omit<MetricDefinition<ConfigOf<Parameters>>, "kind"> & { readonly parameters: Parameters },
): MetricDefinition {
  // Configs are made by the parameters, so that each argument has its type.
  return { kind: "metric", ...definition } as unknown as MetricDefinition;
}
