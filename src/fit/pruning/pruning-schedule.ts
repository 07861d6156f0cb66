/** How the pruned share of the weights grows while a model is trained. */
export interface PruningSchedule {
  /** The share of the weights that are pruned in the end. */
  readonly sparsity: number;
  /** The steps within which it grows to that; 0 prunes before the first step. */
  readonly steps: number;
}

/** Times that a run prunes, at most: between them the other weights make up for those that are gone. */
const mostTimes = 100;

/**
 * What is to be pruned before a step, counted from 0, as a share of all weights; undefined where nothing is at this step. The
 * share grows by the cubic of Zhu and Gupta (To prune, or not to prune, 2017), fast at first, where there are many weights that
 * do little, and slower and slower: `sparsity * (1 - (1 - step / steps) ** 3)`.
 */
export function sparsityBefore(step: number, { sparsity, steps }: PruningSchedule): number | undefined {
  if (step > steps) return undefined;
  if (step === steps) return sparsity;
  const interval = Math.ceil(steps / mostTimes);
  return step % interval === 0 ? sparsity * (1 - (1 - step / steps) ** 3) : undefined;
}
