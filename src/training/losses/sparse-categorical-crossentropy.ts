import { fromLogits, ignoreClass, lossAxis, reduction } from "./parameters.ts";
import { constant, local, mul, select } from "../../ir/scalar.ts";
import type { Tensor } from "../../ir/graph.ts";
import { isStatic } from "../../ir/size.ts";
import { type Compared, shapeAxis, t } from "../compared.ts";
import { categoricalEntropy } from "./cross-entropy.ts";
import { defineLoss } from "./definition.ts";

/** `-log(p[label])` */
export const sparseCategoricalCrossentropy = defineLoss({
  identifier: "sparse_categorical_crossentropy",
  className: "SparseCategoricalCrossentropy",
  doc: "How far the probabilities of classes are from targets that are the index of a class: for a softmax.",
  targets: "labels",
  outputs: "probabilities of classes",
  parameters: [fromLogits, ignoreClass, reduction, lossAxis],
  countsPlaces: ({ ignore_class: ignored }) => ignored !== null,
  values(compared, { from_logits: fromLogits, ignore_class: ignored, axis }) {
    const config = { from_logits: fromLogits, label_smoothing: 0, axis };
    const entropy = categoricalEntropy(compared, config, "one-hot");
    const counted = countedLabels(compared, ignored, axis);
    if (counted === undefined) return entropy;
    const { graph } = compared;
    return graph.map({ entropy, counted }, select(local("counted"), "gt", constant(0), local("entropy"), constant(0)));
  },
  counts: (compared, { ignore_class: ignored, axis }) => countedLabels(compared, ignored, axis),
});

/** 1 where the label is another one than the ignored, 0 where it is that. */
function countedLabels(compared: Compared, ignored: number | null, axis: number): Tensor | undefined {
  if (ignored === null) return undefined;
  const { graph, target } = compared;
  const at = shapeAxis(axis, compared);
  const size = target.shape[at];
  if (size === undefined || !isStatic(size)) throw new Error("a label is ignored of a known number of classes");
  const kept = Array.from({ length: size.factor }, (_, label) => (label === ignored ? 0 : 1));
  // One number for each class, along the axis of the classes.
  const shape = target.shape.slice(at).map((_, behind) => (behind === 0 ? size.factor : 1));
  const operands = { t: target, kept: graph.numbers(shape, kept) };
  return graph.reduce(operands, mul(t, local("kept")), { combine: "sum", axes: [at] });
}
