import { fail } from "../../../files/read-failure.ts";
import { constantArray } from "../constant-array.ts";
import { singleLayer, type ReadNode, type StepContext } from "../chain.ts";
import { describeNode } from "../describe-node.ts";
import type { StoredNode } from "../read-graph.ts";
import { shortestNumber } from "../shortest-number.ts";

/** Groups of the channels, which are axis 1; before opset 21 with a scale for each group. */
export const groupNormalization: ReadNode = (node, context) => {
  const groups = node.attributes.get("num_groups")?.int ?? 0;
  const channels = context.place.sizes[0] ?? null;
  if (channels === null || groups < 1 || channels % groups !== 0) {
    return fail("unsupported", `${describeNode(node)} divides a number of channels that is not known, or not by it`);
  }
  const size = context.opset < 21 ? channels / groups : 1;
  return normalization(node, context, groups, size);
};

/** Each channel for itself. */
export const instanceNormalization: ReadNode = (node, context) => normalization(node, context, -1, 1);

/** Each element of the scale and of the offset stands for `repeated` channels. */
function normalization(node: StoredNode, context: StepContext, groups: number, repeated: number) {
  const { sizes } = context.place;
  const channels = sizes[0] ?? null;
  const arrays = (["gamma", "beta"] as const).map((name, at) => {
    const { data } = constantArray(node, at + 1, name, context);
    const spread = Float32Array.from(
      { length: data.length * repeated },
      (_, place) => data[Math.floor(place / repeated)] as number,
    );
    if (channels !== null && spread.length !== channels) {
      return fail(
        "unsupported",
        `${describeNode(node)} has a ${name} of ${data.length} numbers for ${channels} channels`,
      );
    }
    return { name, shape: [spread.length], data: spread };
  });
  const epsilon = shortestNumber(node.attributes.get("epsilon")?.float ?? 1e-5);
  const config = { groups, axis: sizes.length === 1 ? -1 : 1, epsilon };
  const hints = [node.inputs[1] ?? "", node.name];
  return singleLayer(node, { className: "GroupNormalization", config, arrays, hints }, sizes);
}
