import { oneOf } from "../arguments/keyword.ts";
import { nonNegativeNumber } from "../arguments/numbers.ts";
import { defineRegularizer, type RegularizerDefinition } from "./definition.ts";
import { orthogonalPenalty } from "./orthogonal-penalty.ts";
import { sizePenalty } from "./size-penalty.ts";

/** Keras 3's regularizers (`keras.regularizers`). Factors are kept as written; Keras rounds that of `l1` to float32. */
export const regularizers: readonly RegularizerDefinition[] = [
  defineRegularizer({
    identifier: "l1",
    doc: "Adds the absolute values, times a factor, to the loss: it drives weights to zero.",
    className: "L1",
    parameters: [{ name: "l1", type: nonNegativeNumber, default: 0.01, doc: "The factor of the absolute values." }],
    penalty: (graph, value, { l1 }) => sizePenalty(graph, value, l1, 0),
  }),
  defineRegularizer({
    identifier: "l2",
    doc: "Adds the squares, times a factor, to the loss: it keeps weights small.",
    className: "L2",
    parameters: [{ name: "l2", type: nonNegativeNumber, default: 0.01, doc: "The factor of the squares." }],
    penalty: (graph, value, { l2 }) => sizePenalty(graph, value, 0, l2),
  }),
  defineRegularizer({
    identifier: "l1_l2",
    doc: "Adds the absolute values and the squares, each times a factor, to the loss.",
    className: "L1L2",
    aliases: ["l1l2"],
    parameters: [
      { name: "l1", type: nonNegativeNumber, default: 0, doc: "The factor of the absolute values." },
      { name: "l2", type: nonNegativeNumber, default: 0, doc: "The factor of the squares." },
    ],
    penalty: (graph, value, { l1, l2 }) => sizePenalty(graph, value, l1, l2),
  }),
  defineRegularizer({
    identifier: "orthogonal_regularizer",
    doc: "Adds to the loss how far the rows or columns of a matrix are from being orthogonal.",
    className: "OrthogonalRegularizer",
    parameters: [
      { name: "factor", type: nonNegativeNumber, default: 0.01, doc: "The factor of what is added." },
      {
        name: "mode",
        type: oneOf(["rows", "columns"]),
        default: "rows",
        doc: "Which vectors of the matrix are compared with one another.",
      },
    ],
    matrixOnly: true,
    penalty: orthogonalPenalty,
  }),
];
