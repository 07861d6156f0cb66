import { reduction } from "./parameters.ts";
import type { LossDefinition } from "./definition.ts";

export const poisson: LossDefinition = {
  kind: "loss",
  identifier: "poisson",
  className: "Poisson",
  doc: "For counts: the output is the expected one.",
  targets: "same",
  parameters: [reduction],
};
