import type { Settings } from "../../fit/checkpoint/checkpoint.ts";
import { compareSettings } from "../../fit/checkpoint/compare-settings.ts";
import { trainerCompiler, type CompiledTrainer } from "../../fit/compile-trainer.ts";
import { evaluateFeed } from "../../fit/loop/evaluation.ts";
import { reportRefused } from "../../fit/loop/refused.ts";
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
  const { trained, settings, places, checkpoint } = prepared;
  const compile = environment.compileTrainer ?? trainerCompiler(runModule);
  const found = await compile(trained.model, settings.target ?? "auto");
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
  const trainer = create(trained.arrays);
  const ready = { ...prepared, data, compiled, create, trainer, fixed };
  if (checkpoint !== undefined) {
    const { before, progress } = checkpoint;
    try {
      trainer.restore(checkpoint.trainer);
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
      problems.push(checkpointUnusable(undefined, { path: places.checkpoint, reason: error.message }));
      return undefined;
    }
    return { ...ready, progress, before };
  }
  if (trained.arrays === undefined) diagnostics.push(...warnOfUnmeasured(trained.model, data.training.samples));
  try {
    const before = evaluateFeed(trainer, data.validation ?? data.training);
    return { ...ready, progress: { epoch: 0, step: 0, history: [] }, before };
  } catch (error) {
    diagnostics.push(reportRefused(error, trainer, refusedBy(ready)));
    return undefined;
  }
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
