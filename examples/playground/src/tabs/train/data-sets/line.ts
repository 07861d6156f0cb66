import type { Curve } from "./data-set.ts";

export const line: Curve = {
  kind: "curve",
  id: "line",
  title: "A line",
  value: (x) => 0.7 * x + 0.1,
};
