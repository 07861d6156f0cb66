import { fail } from "../../../files/read-failure.ts";
import { passOver, plainLayer, singleLayer, type ReadNode } from "../chain.ts";
import { describeNode } from "../describe-node.ts";
import { rankOf } from "../place.ts";

/**
 * Divides each row by its norm: by the Euclidean one, or the probabilities of a classifier by their sum, which Layers has for
 * values that are positive for sure.
 */
export const normalizer: ReadNode = (node, { place, layers }) => {
  const norm = node.attributes.get("norm")?.string ?? "MAX";
  if (norm === "L2") return singleLayer(node, plainLayer("UnitNormalization", {}, node), place.sizes);
  const last = layers.at(-1);
  const activation = last?.className === "Dense" ? last.config["activation"] : undefined;
  if (norm !== "L1" || last === undefined || place.sizes.length !== 1) return unsupported();
  // Their sum is 1.
  if (activation === "softmax") return passOver(node, place.sizes);
  if (activation !== "sigmoid") return unsupported();
  // p / sum(p) is softmax(log(p)).
  const logarithms = { ...last, config: { ...last.config, activation: "log_sigmoid" } };
  const step = singleLayer(node, plainLayer("Softmax", {}, node), place.sizes);
  return { ...step, layers: [logarithms, ...step.layers], replaces: 1 };

  function unsupported(): never {
    return fail("unsupported", `${describeNode(node)} divides by the ${norm} norm; Layers divides by the L2 norm`);
  }
};

/** Divides by the Euclidean norm along an axis. */
export const lpNormalization: ReadNode = (node, { place }) => {
  const power = node.attributes.get("p")?.int ?? 2;
  const given = node.attributes.get("axis")?.int ?? -1;
  const axis = given < 0 ? given : given - rankOf(place);
  if (power !== 2 || axis >= 0 || axis < -place.sizes.length) {
    return fail(
      "unsupported",
      `${describeNode(node)} has p=${power} along axis ${given}; Layers divides by the L2 norm`,
    );
  }
  return singleLayer(node, plainLayer("UnitNormalization", { axis }, node), place.sizes);
};
