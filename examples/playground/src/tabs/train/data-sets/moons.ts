import type { Classes } from "./data-set.ts";

/** Two half circles, the end of each in the middle of the other. */
export const moons: Classes = {
  kind: "classes",
  id: "moons",
  title: "Moons",
  most: 2,
  spread: 0.2,
  point(label, _, random) {
    const angle = Math.PI * random();
    const side = label === 0 ? 1 : -1;
    return [
      0.62 * side * Math.cos(angle) - 0.31 * side,
      0.62 * side * Math.sin(angle) - 0.16 * side,
    ];
  },
};
