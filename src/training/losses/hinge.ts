import { reduction } from "./parameters.ts";
import type { LossDefinition } from "./definition.ts";

export const hinge: LossDefinition = {
  kind: "loss",
  identifier: "hinge",
  className: "Hinge",
  doc: "For targets of -1 and 1 (0 is taken for -1): what lacks for the output to be on the right side with a margin of 1.",
  targets: "same",
  parameters: [reduction],
};
