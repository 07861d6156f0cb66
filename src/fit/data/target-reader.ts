import { classReader, numberReader, type CellReader } from "./cell-reader.ts";
import type { TargetPlan } from "./target-plan.ts";

/** Reads the numbers of targets, or with `oneClass` the class that they are made of. */
export function targetReader(plan: TargetPlan, oneClass = false): CellReader {
  switch (plan.kind) {
    case "classes":
      return classReader(plan);
    case "one-hot":
      return oneClass ? classReader(plan) : numberReader("share");
    case "shares":
      return numberReader("share");
    case "values":
      return numberReader("any");
  }
}
