import { hinge as loss } from "../losses/hinge.ts";
import { lossSums, meanResult } from "./mean.ts";
import { defineMetric } from "./definition.ts";

export const hinge = defineMetric({
  identifier: "hinge",
  className: "Hinge",
  doc: "What lacks for outputs to be on the right side with a margin of 1.",
  targets: "same",
  outputs: "margins",
  parameters: [],
  sums: lossSums(loss),
  result: meanResult,
});
