import type { RowLayout } from "../rows/samples.ts";
import type { WantedData } from "./reading.ts";
import { mayBeOneClass } from "./target-plan.ts";

/**
 * How rows of a file are laid out. Where the loss takes a number for each class and the file has one for a target, that is a
 * class, which is stored as it is.
 */
export function layoutOf({ inputs, plan }: WantedData, hasOneTarget: boolean, isWeighted: boolean): RowLayout {
  const isOneClass = mayBeOneClass(plan) && plan.count > 1 && hasOneTarget;
  return {
    inputs,
    targets: isOneClass ? 1 : plan.count,
    isWeighted,
    ...(isOneClass ? { oneHot: plan.count } : {}),
  };
}
