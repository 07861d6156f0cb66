import type { StateArray, Trainer, TrainerState, TrainerWeights } from "../loop/trainer.ts";
import { blocksOf, type Blocks } from "./blocks-of.ts";
import { pruneKernel, type Sparsities } from "./prune-kernel.ts";
import type { BlockShape, PrunedKernel } from "./pruned-kernel.ts";
import { sparsityBefore, type PruningSchedule } from "./pruning-schedule.ts";

/** What of a model is pruned, and when. */
export interface PruningPlan extends PruningSchedule {
  readonly kernels: readonly PrunedKernel[];
  readonly block: BlockShape;
  /** What the optimizer keeps beside the weights: arrays of a trainer's state. */
  readonly slots: readonly OptimizerSlot[];
}

/** An array of a trainer's state that the optimizer keeps beside a weight. */
export interface OptimizerSlot {
  /** Its name there. */
  readonly name: string;
  readonly weight: string;
  /** What its elements are where the weight is 0 and no gradient has been seen. */
  readonly initial: number;
}

/** A trainer that prunes as it is stepped. All that this depends on is in its state. */
export interface PrunedTrainer extends Trainer {
  /** The share of the kernels' weights that are 0. */
  readonly sparsity: number;
  /** Whether all is pruned that is to be. */
  readonly isPruned: boolean;
}

/** Lets a trainer, which has masks of the kernels, prune before its steps. It takes the trainer's place. */
export function prunedTrainer(trainer: Trainer, plan: PruningPlan): PrunedTrainer {
  const blocks = blocksOfKernels(plan);
  let taken = stepsOf(trainer.state());
  return {
    step(...given) {
      const now = sparsityBefore(taken, plan);
      if (now !== undefined) pruneTrainer(trainer, plan, blocks, { now, atLast: plan.sparsity });
      const loss = trainer.step(...given);
      taken += 1;
      return loss;
    },
    observe: (...given) => trainer.observe(...given),
    results: () => trainer.results(),
    resetResults: () => trainer.resetResults(),
    get learningRate() {
      return trainer.learningRate;
    },
    set learningRate(rate) {
      trainer.learningRate = rate;
    },
    get weights() {
      return trainer.weights;
    },
    ...(trainer.finish && { finish: () => trainer.finish?.() }),
    state: () => trainer.state(),
    restore(state) {
      trainer.restore(state);
      taken = stepsOf(state);
    },
    writeWeights: () => trainer.writeWeights(),
    get sparsity() {
      return sparsityOf(trainer.weights, plan.kernels);
    },
    get isPruned() {
      return taken > plan.steps;
    },
  };
}

/** Prunes all that is to be, at once, of a trainer that was not stepped. */
export function pruneAtOnce(trainer: Trainer, plan: PruningPlan): void {
  pruneTrainer(trainer, plan, blocksOfKernels(plan), { now: plan.sparsity, atLast: plan.sparsity });
}

function blocksOfKernels({ kernels, block }: PruningPlan): readonly Blocks[] {
  return kernels.map((kernel) => blocksOf(kernel, block));
}

function stepsOf({ numbers }: TrainerState): number {
  return numbers["iterations"] ?? 0;
}

function pruneTrainer(
  trainer: Trainer,
  { kernels, slots }: PruningPlan,
  blocks: readonly Blocks[],
  sparsities: Sparsities,
): void {
  const state = trainer.state();
  kernels.forEach(({ key, size }, at) => {
    // A kernel without a gradient, such as one before an Embedding, has no mask, and needs none.
    const mask = floats(state, `masks/${key}`) ?? new Float32Array(size).fill(1);
    const weights = floats(state, `weights/${key}`);
    if (weights === undefined) throw new Error(`the trainer has no weights '${key}'`);
    pruneKernel(weights, mask, blocks[at] as Blocks, sparsities);
    for (const { name, initial } of slots.filter(({ weight }) => weight === key)) {
      const slot = floats(state, name) ?? [];
      for (let element = 0; element < slot.length; element++) if (mask[element] === 0) slot[element] = initial;
    }
  });
  trainer.restore(state);
}

function floats({ arrays }: TrainerState, name: string): Exclude<StateArray, Uint32Array> | undefined {
  const array = arrays[name];
  return array instanceof Uint32Array ? undefined : array;
}

function sparsityOf(weights: TrainerWeights, kernels: readonly PrunedKernel[]): number {
  let zeros = 0;
  let all = 0;
  for (const { key, size } of kernels) {
    for (const weight of arrayAt(weights, key)) zeros += weight === 0 ? 1 : 0;
    all += size;
  }
  return zeros / all;
}

/** Names of layers never contain a `/`. */
function arrayAt(weights: TrainerWeights, key: string): Float64Array | Float32Array {
  const found = key.split("/").reduce<TrainerWeights[string] | undefined>((node, name) => {
    return node === undefined || ArrayBuffer.isView(node) ? undefined : (node as TrainerWeights)[name];
  }, weights);
  if (!(found instanceof Float64Array || found instanceof Float32Array)) throw new Error(`no weights '${key}'`);
  return found;
}
