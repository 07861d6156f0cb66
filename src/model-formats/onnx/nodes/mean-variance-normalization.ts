import { fail } from "../../../files/read-failure.ts";
import { singleLayer, type ReadNode } from "../chain.ts";
import { describeNode } from "../describe-node.ts";
import { rankOf } from "../place.ts";

/** Beside the deviation, not in the root: 1e-9. In the root its square is the same where the deviation is 0 or large. */
const epsilon = 1e-18;

/** `(x - mean) / (deviation + 1e-9)` over some axes; by default over the batch, the height and the width. */
export const meanVarianceNormalization: ReadNode = (node, { place }) => {
  const given = node.attributes.get("axes")?.ints ?? [0, 2, 3];
  const rank = rankOf(place);
  const batch = place.batched ? 1 : 0;
  const axes = given.map((axis) => (axis < 0 ? axis + rank : axis) - batch).toSorted((a, b) => a - b);
  const what = `${describeNode(node)} normalises over the axes [${given.join(", ")}]`;
  if (axes.includes(-1)) {
    fail(
      "unsupported",
      `${what}, the batch among them; Layers keeps samples apart: export it with the mean and the variance of the training data, as BatchNormalization`,
    );
  }
  const within = axes.length > 0 && axes.every((axis) => axis >= 0 && axis < place.sizes.length);
  if (!within || new Set(axes).size < axes.length) fail("damaged", `${what} of a tensor of ${rank} axes`);
  const own = axes.map((axis) => axis - place.sizes.length);
  const axis = own.length === 1 ? (own[0] as number) : own;
  const config = { axis, epsilon, center: false, scale: false };
  return singleLayer(node, { className: "LayerNormalization", config, arrays: [], hints: [node.name] }, place.sizes);
};
