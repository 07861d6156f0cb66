import { reduction } from "./parameters.ts";
import type { LossDefinition } from "./definition.ts";

export const squaredHinge: LossDefinition = {
  kind: "loss",
  identifier: "squared_hinge",
  className: "SquaredHinge",
  doc: "The square of the hinge loss.",
  targets: "same",
  parameters: [reduction],
};
