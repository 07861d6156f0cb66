import { reduction } from "./parameters.ts";
import { div, log, mul } from "../../ir/scalar.ts";
import { p, sumAlong, t } from "../compared.ts";
import { held } from "../held.ts";
import { defineLoss } from "./definition.ts";

/** `sum(t * log(t / p))` */
export const klDivergence = defineLoss({
  identifier: "kl_divergence",
  className: "KLDivergence",
  aliases: ["kld", "KLD"],
  doc: "How much a distribution, the target, differs from another one, the output (Kullback and Leibler).",
  targets: "same",
  outputs: "probabilities of classes",
  parameters: [reduction],
  values(compared) {
    const target = held(t, 1e-7, 1);
    return sumAlong(compared, mul(target, log(div(target, held(p, 1e-7, 1)))));
  },
});
