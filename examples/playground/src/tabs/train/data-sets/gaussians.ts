import { normalNumber } from "../normal-number.ts";
import type { Classes } from "./data-set.ts";

/** Clouds around a circle. */
export const gaussians: Classes = {
  kind: "classes",
  id: "gaussians",
  title: "Gaussians",
  most: 6,
  spread: 0.35,
  point(label, classes, random) {
    const angle = 2 * Math.PI * (label / classes + 1 / 8);
    const at = (middle: number): number =>
      0.55 * middle + 0.12 * normalNumber(random);
    return [at(Math.cos(angle)), at(Math.sin(angle))];
  },
};
