import { poisson as loss } from "../losses/poisson.ts";
import { lossSums, meanResult } from "./mean.ts";
import { defineMetric } from "./definition.ts";

export const poisson = defineMetric({
  identifier: "poisson",
  className: "Poisson",
  doc: "How well the outputs, expected counts, fit the targets, counts.",
  targets: "same",
  outputs: "counts",
  parameters: [],
  sums: lossSums(loss),
  result: meanResult,
});
