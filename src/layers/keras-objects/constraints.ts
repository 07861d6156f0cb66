import { listOf, listOr } from "../arguments/basic.ts";
import { integer, number } from "../arguments/numbers.ts";
import type { ParameterSpec } from "../definition.ts";
import type { KerasObjectDefinition } from "./definition.ts";

const axis: ParameterSpec = {
  name: "axis",
  type: listOr(listOf(integer, "a list of integers"), integer),
  default: 0,
};

/** Keras 3's constraints (`keras.constraints`). */
export const constraints: readonly KerasObjectDefinition[] = [
  {
    kind: "constraint",
    identifier: "max_norm",
    className: "MaxNorm",
    parameters: [{ name: "max_value", type: number, default: 2 }, axis],
  },
  {
    kind: "constraint",
    identifier: "min_max_norm",
    className: "MinMaxNorm",
    parameters: [
      { name: "min_value", type: number, default: 0 },
      { name: "max_value", type: number, default: 1 },
      { name: "rate", type: number, default: 1 },
      axis,
    ],
  },
  { kind: "constraint", identifier: "non_neg", className: "NonNeg", parameters: [] },
  { kind: "constraint", identifier: "unit_norm", className: "UnitNorm", parameters: [axis] },
];
