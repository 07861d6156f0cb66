import { listOf, listOr } from "../arguments/basic.ts";
import { integer, number } from "../arguments/numbers.ts";
import { constant, local, max, min, mul, add } from "../../ir/scalar.ts";
import { defineConstraint, type ConstraintDefinition } from "./definition.ts";
import { scaledToLength } from "./scaled-to-length.ts";

const axis = {
  name: "axis",
  type: listOr(listOf(integer, "a list of integers"), integer),
  default: 0,
  doc: "The axes of the weight along which lengths are measured; 0 for a kernel `[inputs, units]` measures each unit's weights.",
} as const;

const length = local("length");

/** Keras 3's constraints (`keras.constraints`). */
export const constraints: readonly ConstraintDefinition[] = [
  defineConstraint({
    identifier: "max_norm",
    doc: "Scales weights down whose length is above a limit.",
    className: "MaxNorm",
    parameters: [{ name: "max_value", type: number, default: 2, doc: "The largest length." }, axis],
    project: (graph, weight, { max_value: most, axis: axes }) =>
      scaledToLength(graph, weight, axes, min(max(length, constant(0)), constant(most))),
  }),
  defineConstraint({
    identifier: "min_max_norm",
    doc: "Scales weights so that their length stays between two limits.",
    className: "MinMaxNorm",
    parameters: [
      { name: "min_value", type: number, default: 0, doc: "The smallest length." },
      { name: "max_value", type: number, default: 1, doc: "The largest length." },
      {
        name: "rate",
        type: number,
        default: 1,
        doc: "How much of the way to the limit is gone at each step of training: 1 is all of it.",
      },
      axis,
    ],
    project(graph, weight, { min_value: least, max_value: most, rate, axis: axes }) {
      const limited = min(max(length, constant(least)), constant(most));
      const way = add(mul(constant(rate), limited), mul(constant(1 - rate), length));
      return scaledToLength(graph, weight, axes, way);
    },
  }),
  defineConstraint({
    identifier: "non_neg",
    doc: "Sets negative weights to zero.",
    className: "NonNeg",
    parameters: [],
    project: (graph, weight) => graph.map({ w: weight }, max(local("w"), constant(0))),
  }),
  defineConstraint({
    identifier: "unit_norm",
    doc: "Scales weights to the length 1.",
    className: "UnitNorm",
    parameters: [axis],
    project: (graph, weight, { axis: axes }) => scaledToLength(graph, weight, axes, constant(1)),
  }),
];
