import { circles } from "./circles.ts";
import type { DataSet } from "./data-set.ts";
import { gaussians } from "./gaussians.ts";
import { line } from "./line.ts";
import { moons } from "./moons.ts";
import { sine } from "./sine.ts";
import { spirals } from "./spirals.ts";
import { xor } from "./xor.ts";

/** The data sets, in their order. Another one is its file, and its line here. */
export const dataSets: readonly DataSet[] = [
  spirals,
  circles,
  moons,
  xor,
  gaussians,
  sine,
  line,
];
