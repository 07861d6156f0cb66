import { reduction } from "./parameters.ts";
import type { LossDefinition } from "./definition.ts";

export const meanAbsolutePercentageError: LossDefinition = {
  kind: "loss",
  identifier: "mean_absolute_percentage_error",
  className: "MeanAbsolutePercentageError",
  aliases: ["mape", "MAPE"],
  doc: "The mean of the absolute errors in percent of the targets.",
  targets: "same",
  parameters: [reduction],
};
