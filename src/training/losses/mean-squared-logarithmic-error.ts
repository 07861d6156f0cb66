import { reduction } from "./parameters.ts";
import type { LossDefinition } from "./definition.ts";

export const meanSquaredLogarithmicError: LossDefinition = {
  kind: "loss",
  identifier: "mean_squared_logarithmic_error",
  className: "MeanSquaredLogarithmicError",
  aliases: ["msle", "MSLE"],
  doc: "The mean of the squared differences of the logarithms of what is one above outputs and targets.",
  targets: "same",
  parameters: [reduction],
};
