import type { Classes } from "./data-set.ts";

/** A disc, and rings around it. */
export const circles: Classes = {
  kind: "classes",
  id: "circles",
  title: "Circles",
  most: 6,
  spread: 0.2,
  point(label, classes, random) {
    // Evenly over the area of the ring, with a gap to the next one.
    const [inner, outer] = [label / classes, (label + 0.65) / classes];
    const area = inner ** 2 + (outer ** 2 - inner ** 2) * random();
    const angle = 2 * Math.PI * random();
    const radius = Math.sqrt(area);
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  },
};
