import { reduction } from "./parameters.ts";
import type { LossDefinition } from "./definition.ts";

export const klDivergence: LossDefinition = {
  kind: "loss",
  identifier: "kl_divergence",
  className: "KLDivergence",
  aliases: ["kld", "KLD"],
  doc: "How much a distribution, the target, differs from another one, the output (Kullback and Leibler).",
  targets: "same",
  parameters: [reduction],
};
