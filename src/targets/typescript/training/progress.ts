import type { TrainerUnit } from "../../trainer-unit.ts";

/**
 * The numbers that a trainer carries on, in the order of its array `progress`: the steps taken, the samples that results are of,
 * the sum of their losses, and those of the optimizer.
 */
export function progressNumbers({
  states,
}: TrainerUnit): readonly { readonly name: string; readonly initial: number }[] {
  const counters = ["iterations", "seen", "lossSum"].map((name) => ({ name, initial: 0 }));
  return [...counters, ...Object.entries(states).map(([name, { initial }]) => ({ name, initial }))];
}
