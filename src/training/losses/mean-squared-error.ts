import { reduction } from "./parameters.ts";
import type { LossDefinition } from "./definition.ts";

export const meanSquaredError: LossDefinition = {
  kind: "loss",
  identifier: "mean_squared_error",
  className: "MeanSquaredError",
  aliases: ["mse", "MSE"],
  doc: "The mean of the squared errors: for numbers.",
  targets: "same",
  parameters: [reduction],
};
