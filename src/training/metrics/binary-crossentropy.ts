import { fromLogits, labelSmoothing } from "../losses/parameters.ts";
import { binaryCrossentropy as loss } from "../losses/binary-crossentropy.ts";
import { lossSums, meanResult } from "./mean.ts";
import { defineMetric } from "./definition.ts";

export const binaryCrossentropy = defineMetric({
  identifier: "binary_crossentropy",
  className: "BinaryCrossentropy",
  aliases: ["bce", "BCE"],
  doc: "How far probabilities are from targets of 0 and 1.",
  targets: "same",
  outputs: "probabilities",
  parameters: [fromLogits, labelSmoothing],
  sums: lossSums(loss),
  result: meanResult,
});
