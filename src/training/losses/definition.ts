import type { Tensor } from "../../ir/graph.ts";
import type { ConfigOf, LayerConfig, ParameterSpec } from "../../layers/definition.ts";
import type { KerasObjectDefinition } from "../../layers/keras-objects/definition.ts";
import type { Compared } from "../compared.ts";

/** What training makes small: one of these per file, listed in `index.ts`. */
export interface LossDefinition<Config = LayerConfig> extends KerasObjectDefinition {
  readonly kind: "loss";
  /**
   * What the targets are: numbers of the output's shape, or the index of a class in place of the axis of the classes, which
   * comes here as a row with a 1 at its place (of zeros for a label that is ignored and none of the classes).
   */
  readonly targets: "same" | "labels";
  /**
   * What the outputs are, unless `from_logits` says otherwise: probabilities, each by itself or of classes of which one is
   * right; any numbers, one for each class; numbers on one of two sides; or expected counts, none below 0. Absent where they are numbers like the targets.
   */
  readonly outputs?: "probabilities" | "probabilities of classes" | "numbers of classes" | "margins" | "counts";
  /** Whether it needs to know how many places the axis has; absent where it never does. */
  readonly countsPlaces?: (config: Config) => boolean;
  /** A value for each place of the outputs without the axis along which they are compared. */
  readonly values: (compared: Compared, config: Config) => Tensor;
  /** 1 where a value counts, 0 where it does not; absent or undefined where all count. */
  readonly counts?: (compared: Compared, config: Config) => Tensor | undefined;
}

/** A loss whose functions get its arguments with the types of its parameters. */
export function defineLoss<const Parameters extends readonly ParameterSpec[]>(
  definition: Omit<LossDefinition<ConfigOf<Parameters>>, "kind"> & { readonly parameters: Parameters },
): LossDefinition {
  // Configs are made by the parameters, so that each argument has its type.
  return { kind: "loss", ...definition } as unknown as LossDefinition;
}
