import { squaredHinge as loss } from "../losses/squared-hinge.ts";
import { lossSums, meanResult } from "./mean.ts";
import { defineMetric } from "./definition.ts";

export const squaredHinge = defineMetric({
  identifier: "squared_hinge",
  className: "SquaredHinge",
  doc: "The square of the hinge loss.",
  targets: "same",
  outputs: "margins",
  parameters: [],
  sums: lossSums(loss),
  result: meanResult,
});
