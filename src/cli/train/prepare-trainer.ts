import type { Settings } from "../../fit/checkpoint/checkpoint.ts";
import { compareSettings } from "../../fit/checkpoint/compare-settings.ts";
import { trainerCompiler, type CompiledTrainer } from "../../fit/compile-trainer.ts";
import { evaluateFeed } from "../../fit/loop/evaluation.ts";
import { reportRefused } from "../../fit/loop/refused.ts";
import { pruneAtOnce, prunedTrainer, type PruningPlan } from "../../fit/pruning/pruned-trainer.ts";
import { single } from "../../fit/pruning/pruned-kernel.ts";
import type { Trainer } from "../../fit/loop/trainer.ts";
import { warnOfUnmeasured } from "../../fit/normalization-unmeasured.ts";
import type { WeightArrays } from "../../ir/weight-arrays.ts";
import { weightTree } from "../../lower/weight-tree.ts";
import type { Environment } from "../../node/environment.ts";
import { runModule } from "../../node/run-module.ts";
import type { PreparedData } from "./prepare-data.ts";
import type { PreparedModel } from "./prepare-model.ts";
import type { Preparing } from "./preparing.ts";
import { checkpointUnusable } from "./read-checkpoint-file.ts";
import { refusedBy } from "./refused-by.ts";
import { keptSettings, type TrainSettings } from "./run-settings.ts";
import type { ReadyTraining } from "./run-training.ts";

/** Compiles the trainer, and lets it begin or go on; undefined where something is wrong. */
export async function prepareTrainer(
  prepared: PreparedModel,
  data: PreparedData,
  environment: Environment,
  { problems, diagnostics }: Preparing,
): Promise<ReadyTraining | undefined> {
  const { trained, settings, places, checkpoint, pruned } = prepared;
  const compile = environment.compileTrainer ?? trainerCompiler(runModule);
  const masked = new Set(pruned?.kernels.map(({ key }) => key));
  const found = await compile(trained.model, settings.target ?? "auto", masked);
  diagnostics.push(...found.diagnostics);
  const compiled = found.value;
  if (compiled === undefined) return undefined;
  const fixed = fixedSettings(settings, compiled, data);
  const difference = checkpoint && compareSettings(fixed, checkpoint.fixed, places.checkpoint);
  if (difference !== undefined) {
    problems.push(difference);
    return undefined;
  }
  const create = (arrays: WeightArrays | undefined): Trainer =>
    compiled.create({
      seed: settings.seed,
      ...(arrays === undefined ? {} : { weights: weightTree(trained.model, arrays) }),
      ...(settings.learningRate === undefined ? {} : { learningRate: settings.learningRate }),
    });
  const plan = pruningPlan(prepared, data, compiled);
  const own = create(trained.arrays);
  const pruning = plan && { plan, trainer: prunedTrainer(own, plan) };
  const trainer = pruning?.trainer ?? own;
  const ready = { ...prepared, data, compiled, create, trainer, fixed, ...(pruning && { pruning }) };
  if (checkpoint !== undefined) {
    const { before, atOnce, progress } = checkpoint;
    try {
      trainer.restore(checkpoint.trainer);
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
      problems.push(checkpointUnusable(undefined, { path: places.checkpoint, reason: error.message }));
      return undefined;
    }
    return { ...ready, progress, before, ...(atOnce && { atOnce }) };
  }
  if (trained.arrays === undefined) diagnostics.push(...warnOfUnmeasured(trained.model, data.training.samples));
  try {
    const measured = data.validation ?? data.training;
    const before = evaluateFeed(trainer, measured);
    const progress = { epoch: 0, step: 0, history: [] };
    if (plan === undefined) return { ...ready, progress, before };
    const other = create(trained.arrays);
    pruneAtOnce(other, plan);
    return { ...ready, progress, before, atOnce: evaluateFeed(other, measured) };
  } catch (error) {
    diagnostics.push(reportRefused(error, trainer, refusedBy(ready)));
    return undefined;
  }
}

/** What is pruned of a model, and in which steps, where anything is. */
function pruningPlan(
  { pruned, settings }: PreparedModel,
  { training }: PreparedData,
  { slots }: CompiledTrainer,
): PruningPlan | undefined {
  if (pruned === undefined || settings.command !== "prune") return undefined;
  const { sparsity, block = single, pruningEpochs } = settings;
  return { kernels: pruned.kernels, sparsity, block, steps: pruningEpochs * training.batches, slots };
}

/** All that a run depends on, by the words of messages. */
function fixedSettings(
  settings: TrainSettings,
  { fingerprint, target }: CompiledTrainer,
  { set, validationSet }: PreparedData,
): Settings {
  const digest = (of: PreparedData["set"] | undefined): string | null =>
    of === undefined ? null : `${of.rows.count} rows with the checksum ${hexadecimal(of.rows.checksum)}`;
  return {
    "the model": fingerprint,
    "the data": digest(set),
    "the data of the validation": digest(validationSet),
    ...keptSettings(settings).fixed,
    "--target": target,
  };
}

function hexadecimal(checksum: number): string {
  return checksum.toString(16).padStart(8, "0");
}
