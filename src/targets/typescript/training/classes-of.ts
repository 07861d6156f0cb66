import { isStatic } from "../../../ir/size.ts";
import type { TrainerUnit } from "../../trainer-unit.ts";

/** The number of targets that say which one class a sample is of; undefined where a sample has several rows of them. */
export function classesOf({ outputShape }: Pick<TrainerUnit, "outputShape">): number | undefined {
  const [classes, ...more] = outputShape;
  return classes !== undefined && more.length === 0 && isStatic(classes) ? classes.factor : undefined;
}
