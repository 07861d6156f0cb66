import { listOf, listOr } from "../arguments/basic.ts";
import { integer, number } from "../arguments/numbers.ts";
import type { ParameterSpec } from "../definition.ts";
import type { KerasObjectDefinition } from "./definition.ts";

const axis: ParameterSpec = {
  name: "axis",
  type: listOr(listOf(integer, "a list of integers"), integer),
  default: 0,
  doc: "The axes of the weight along which lengths are measured; 0 for a kernel `[inputs, units]` measures each unit's weights.",
};

/** Keras 3's constraints (`keras.constraints`). */
export const constraints: readonly KerasObjectDefinition[] = [
  {
    kind: "constraint",
    identifier: "max_norm",
    doc: "Scales weights down whose length is above a limit.",
    className: "MaxNorm",
    parameters: [{ name: "max_value", type: number, default: 2, doc: "The largest length." }, axis],
  },
  {
    kind: "constraint",
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
  },
  {
    kind: "constraint",
    identifier: "non_neg",
    doc: "Sets negative weights to zero.",
    className: "NonNeg",
    parameters: [],
  },
  {
    kind: "constraint",
    identifier: "unit_norm",
    doc: "Scales weights to the length 1.",
    className: "UnitNorm",
    parameters: [axis],
  },
];
