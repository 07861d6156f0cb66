import { boolean } from "../../layers/arguments/basic.ts";
import { nonNegativeNumber, numberBetween } from "../../layers/arguments/numbers.ts";
import { learningRate } from "../schedules/learning-rate.ts";
import { commonParameters } from "./common.ts";
import type { OptimizerDefinition } from "./definition.ts";

export const rmsprop: OptimizerDefinition = {
  kind: "optimizer",
  identifier: "rmsprop",
  className: "RMSprop",
  doc: "Divides each gradient by the root of a moving average of its squares.",
  parameters: [
    learningRate(0.001),
    {
      name: "rho",
      type: numberBetween(0, 1),
      default: 0.9,
      doc: "The share of the moving averages that each step keeps.",
    },
    { name: "momentum", type: numberBetween(0, 1), default: 0, doc: "The share of the last step that is gone again." },
    {
      name: "epsilon",
      type: nonNegativeNumber,
      default: 1e-7,
      doc: "A small number that keeps the division from one by zero.",
    },
    {
      name: "centered",
      type: boolean,
      default: false,
      doc: "Whether the squares are those about the moving average of the gradient: its variance.",
    },
    ...commonParameters,
  ],
};
