import { listOr, optional, someOf } from "../../layers/arguments/basic.ts";
import { oneOf } from "../../layers/arguments/keyword.ts";
import {
  integerFrom,
  nonNegativeInteger,
  numberBetween,
  positiveInteger,
  positiveShare,
} from "../../layers/arguments/numbers.ts";

/** The outputs above which something counts as found. */
export const thresholds = {
  name: "thresholds",
  type: optional(listOr(someOf(numberBetween(0, 1), "a list of numbers between 0 and 1"), numberBetween(0, 1))),
  default: null,
  doc: "The output above which something counts as found, or a list of such; `none`: 0.5.",
} as const;

/** The class that alone counts. */
export const classId = {
  name: "class_id",
  type: optional(nonNegativeInteger),
  default: null,
  doc: "The index of the class that alone counts; `none`: all do.",
} as const;

/** How many of the largest outputs count as found. */
export const topK = {
  name: "top_k",
  type: optional(positiveInteger),
  default: null,
  doc: "How many of the largest outputs count as found; `none`: those above the threshold.",
} as const;

/** For how many of the largest outputs the right one is looked among. */
export const k = {
  name: "k",
  type: positiveInteger,
  default: 5,
  doc: "How many of the largest outputs may be the right one.",
} as const;

/** How finely a curve over all thresholds is taken. */
export function thresholdCount(least: number) {
  const doc = "How many thresholds from 0 to 1 are tried.";
  return { name: "num_thresholds", type: integerFrom(least), default: 200, doc } as const;
}

/** How scores of classes become one. */
export const average = {
  name: "average",
  type: optional(oneOf(["micro", "macro", "weighted"])),
  default: null,
  doc: "How the scores of the classes become one: of the sums of all counts (micro), their mean (macro), or the mean by how often each class is there (weighted). `none`: their mean, too, one number being reported.",
} as const;

/** The output above which a class counts as found, of those of which one may. */
export const threshold = {
  name: "threshold",
  type: optional(positiveShare),
  default: null,
  doc: "The output above which a class counts as found; `none`: the largest output is it.",
} as const;
