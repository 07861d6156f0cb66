import type { Classes } from "./data-set.ts";

/** Opposite quarters of a square are of one class. */
export const xor: Classes = {
  kind: "classes",
  id: "xor",
  title: "Exclusive or",
  most: 2,
  spread: 0.2,
  point(label, _, random) {
    const side = (): number => 0.06 + 0.88 * random();
    const sign = random() < 0.5 ? -1 : 1;
    return [sign * side(), (label === 1 ? -sign : sign) * side()];
  },
};
