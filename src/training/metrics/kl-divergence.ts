import { klDivergence as loss } from "../losses/kl-divergence.ts";
import { lossSums, meanResult } from "./mean.ts";
import { defineMetric } from "./definition.ts";

export const klDivergence = defineMetric({
  identifier: "kl_divergence",
  className: "KLDivergence",
  doc: "How much a distribution, the target, differs from another one, the output (Kullback and Leibler).",
  targets: "same",
  outputs: "probabilities of classes",
  parameters: [],
  sums: lossSums(loss),
  result: meanResult,
});
