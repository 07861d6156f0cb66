import type { Curve } from "./data-set.ts";

export const sine: Curve = {
  kind: "curve",
  id: "sine",
  title: "A sine",
  value: (x) => 0.7 * Math.sin(1.5 * Math.PI * x),
};
