import type { Model } from "../../check/model.ts";
import { product } from "../../ir/product.ts";

/**
 * What a loss takes of each sample. `classes`: a class by its number, in place of the last axis. `one-hot`: a number
 * for each class, or one class that becomes them. `shares`: numbers from 0 to 1. `values`: any numbers.
 */
export type TargetKind = "classes" | "one-hot" | "shares" | "values";

/** The targets of a model, as a file of samples has to give them. */
export interface TargetPlan {
  readonly kind: TargetKind;
  /** Of one sample. */
  readonly shape: readonly number[];
  /** Numbers of one sample. */
  readonly count: number;
  /** The size of the output's last axis. */
  readonly classes: number;
  /** A number that stands for no class, whose places don't count. */
  readonly ignored?: number;
  readonly labels: readonly string[];
  /** The model, for messages. */
  readonly model: string;
}

/** Whether one class may stand for the numbers of a sample. At several positions there is a class for each. */
export function mayBeOneClass({ kind, shape }: TargetPlan): boolean {
  return kind === "one-hot" && shape.length === 1;
}

/** What is to be known of a loss, by Keras' names. */
export interface LossFacts {
  readonly name: string;
  /** What its targets are: of the shape of the output, or the index of a class in place of the last axis. */
  readonly targets: "same" | "labels";
  readonly ignoredClass?: number;
}

/** Losses whose targets don't take any number; all others do. */
const kinds: Readonly<Record<string, TargetKind>> = {
  categorical_crossentropy: "one-hot",
  categorical_focal_crossentropy: "one-hot",
  categorical_hinge: "one-hot",
  kl_divergence: "one-hot",
  binary_crossentropy: "shares",
  binary_focal_crossentropy: "shares",
};

/** What a loss takes for a model whose output has the given sizes. */
export function planTargets(
  { name, labels = [] }: Pick<Model, "name" | "labels">,
  outputShape: readonly number[],
  { name: loss, targets, ignoredClass }: LossFacts,
): TargetPlan {
  const kind = targets === "labels" ? "classes" : (kinds[loss] ?? "values");
  const shape = kind === "classes" ? outputShape.slice(0, -1) : outputShape;
  return {
    kind,
    shape,
    count: product(shape),
    classes: outputShape.at(-1) ?? 1,
    ...(kind === "classes" && ignoredClass !== undefined ? { ignored: ignoredClass } : {}),
    labels,
    model: name,
  };
}
