import { reduction } from "./parameters.ts";
import type { LossDefinition } from "./definition.ts";

export const logCosh: LossDefinition = {
  kind: "loss",
  identifier: "log_cosh",
  className: "LogCosh",
  doc: "The logarithm of the hyperbolic cosine of the error: squared for small errors, straight for large ones.",
  targets: "same",
  parameters: [reduction],
};
