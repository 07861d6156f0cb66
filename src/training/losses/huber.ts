import { positiveNumber } from "../../layers/arguments/numbers.ts";
import { reduction } from "./parameters.ts";
import type { LossDefinition } from "./definition.ts";

export const huber: LossDefinition = {
  kind: "loss",
  identifier: "huber",
  className: "Huber",
  doc: "Squared for small errors, straight for large ones: for numbers, with outliers.",
  targets: "same",
  parameters: [{ name: "delta", type: positiveNumber, default: 1, doc: "Where the straight part begins." }, reduction],
};
