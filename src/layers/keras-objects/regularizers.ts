import { oneOf } from "../arguments/keyword.ts";
import { nonNegativeNumber } from "../arguments/numbers.ts";
import type { KerasObjectDefinition } from "./definition.ts";

/** Keras 3's regularizers (`keras.regularizers`). Factors are kept as written; Keras rounds that of `l1` to float32. */
export const regularizers: readonly KerasObjectDefinition[] = [
  {
    kind: "regularizer",
    identifier: "l1",
    className: "L1",
    parameters: [{ name: "l1", type: nonNegativeNumber, default: 0.01 }],
  },
  {
    kind: "regularizer",
    identifier: "l2",
    className: "L2",
    parameters: [{ name: "l2", type: nonNegativeNumber, default: 0.01 }],
  },
  {
    kind: "regularizer",
    identifier: "l1_l2",
    className: "L1L2",
    aliases: ["l1l2"],
    parameters: [
      { name: "l1", type: nonNegativeNumber, default: 0 },
      { name: "l2", type: nonNegativeNumber, default: 0 },
    ],
  },
  {
    kind: "regularizer",
    identifier: "orthogonal_regularizer",
    className: "OrthogonalRegularizer",
    parameters: [
      { name: "factor", type: nonNegativeNumber, default: 0.01 },
      { name: "mode", type: oneOf(["rows", "columns"]), default: "rows" },
    ],
    matrixOnly: true,
  },
];
