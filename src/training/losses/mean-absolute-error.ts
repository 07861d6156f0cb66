import { reduction } from "./parameters.ts";
import type { LossDefinition } from "./definition.ts";

export const meanAbsoluteError: LossDefinition = {
  kind: "loss",
  identifier: "mean_absolute_error",
  className: "MeanAbsoluteError",
  aliases: ["mae", "MAE"],
  doc: "The mean of the absolute errors: for numbers, with outliers.",
  targets: "same",
  parameters: [reduction],
};
