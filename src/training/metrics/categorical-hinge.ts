import { categoricalHinge as loss } from "../losses/categorical-hinge.ts";
import { lossSums, meanResult } from "./mean.ts";
import { defineMetric } from "./definition.ts";

export const categoricalHinge = defineMetric({
  identifier: "categorical_hinge",
  className: "CategoricalHinge",
  doc: "What lacks for the output of the right class to be above all others with a margin of 1.",
  targets: "same",
  outputs: "numbers of classes",
  parameters: [],
  sums: lossSums(loss),
  result: meanResult,
});
