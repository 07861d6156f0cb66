import { boolean } from "../../layers/arguments/basic.ts";
import { numberBetween } from "../../layers/arguments/numbers.ts";
import { learningRate } from "../schedules/learning-rate.ts";
import { commonParameters } from "./common.ts";
import type { OptimizerDefinition } from "./definition.ts";

export const sgd: OptimizerDefinition = {
  kind: "optimizer",
  identifier: "sgd",
  className: "SGD",
  doc: "Gradient descent: each step goes against the gradient, with momentum where that is given.",
  parameters: [
    learningRate(0.01),
    { name: "momentum", type: numberBetween(0, 1), default: 0, doc: "The share of the last step that is gone again." },
    {
      name: "nesterov",
      type: boolean,
      default: false,
      doc: "Whether the gradient acts once more after the momentum (Nesterov's).",
    },
    ...commonParameters,
  ],
};
