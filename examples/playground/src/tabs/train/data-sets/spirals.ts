import type { Classes } from "./data-set.ts";

/** Arms that wind around one another one and a half times. */
export const spirals: Classes = {
  kind: "classes",
  id: "spirals",
  title: "Spirals",
  most: 6,
  spread: 0.12,
  point(label, classes, random) {
    const along = 0.06 + 0.94 * random();
    const angle = 2 * Math.PI * (1.5 * along + label / classes);
    const radius = 0.95 * along;
    return [radius * Math.sin(angle), radius * Math.cos(angle)];
  },
};
