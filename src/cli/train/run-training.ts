import { setImmediate } from "node:timers/promises";
import type { Checkpoint, Settings } from "../../fit/checkpoint/checkpoint.ts";
import type { CompiledTrainer } from "../../fit/compile-trainer.ts";
import { areFinite } from "../../fit/loop/finite-weights.ts";
import { finishedWeights } from "../../fit/loop/finished-weights.ts";
import { training, type Progress, type TrainingEnd, type TrainingPlan } from "../../fit/loop/training.ts";
import type { Results, Trainer, TrainerState } from "../../fit/loop/trainer.ts";
import type { PrunedTrainer, PruningPlan } from "../../fit/pruning/pruned-trainer.ts";
import type { WeightArrays } from "../../ir/weight-arrays.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Environment } from "../../node/environment.ts";
import { createCheckpointFiles } from "./checkpoint-files.ts";
import { openTrainingLog } from "./open-training-log.ts";
import type { PreparedData } from "./prepare-data.ts";
import type { PreparedModel } from "./prepare-model.ts";
import { keptSettings, type TrainSettings } from "./run-settings.ts";
import { showEpochs } from "./show-epochs.ts";

/** A training that can begin, or go on: its trainer and its progress are those of the checkpoint then. */
export interface ReadyTraining extends PreparedModel {
  readonly data: PreparedData;
  readonly compiled: CompiledTrainer;
  /** A trainer as the options of the run make it, of these weights or of the initializers'. */
  create(arrays: WeightArrays | undefined): Trainer;
  readonly trainer: Trainer;
  readonly progress: Progress;
  /** What a run that goes on has to have in common with this one. */
  readonly fixed: Settings;
  readonly before: Results;
  /** Of a run that prunes: its trainer, which does so, and what it prunes. */
  readonly pruning?: { readonly plan: PruningPlan; readonly trainer: PrunedTrainer };
  /** Loss and metrics of the weights that it began with, pruned at once. */
  readonly atOnce?: Results;
}

/** What came of a run. */
export interface RunResult {
  /** As the loop ended, because somebody stopped it, or not begun, for a place can't be written to. */
  readonly end: TrainingEnd | { readonly kind: "interrupted" | "unwritable" };
  /** The weights that were written; absent where there were none worth it. */
  readonly weights?: Uint8Array;
  /** What could not be written. */
  readonly problems: readonly Diagnostic[];
}

/** Milliseconds: how often people see something, how often at most the end of an epoch is written, and at least the middle. */
const pace = { show: 40, epochs: 1000, steps: 60_000 } as const;

/** Trains until the loop ends or the process is asked to stop, shows how far it is, and writes checkpoints. */
export async function runTraining(
  ready: ReadyTraining,
  report: Parameters<typeof showEpochs>[1],
  environment: Environment,
): Promise<RunResult> {
  const { trainer, data, settings, progress, places, trained, fixed, before, atOnce, pruning } = ready;
  const now = environment.now ?? (() => performance.now());
  const files = createCheckpointFiles(trained.model.name, places, environment, now);
  const free = keptSettings(settings).free;
  const checkpoint = (state: TrainerState): Checkpoint => ({
    fixed,
    free,
    before,
    ...(atOnce && { atOnce }),
    progress,
    trainer: state,
  });
  // Weights of which only a part is pruned are not what was asked for: the checkpoint has them.
  const weights = (): Uint8Array | undefined =>
    pruning?.trainer.isPruned === false
      ? undefined
      : settings.keep === "best" && progress.best !== undefined
        ? progress.best.weights
        : finishedWeights(trainer);

  const log = await openTrainingLog(places.log, progress.epoch, environment);
  // A place that can't be written to is told before training, not after it.
  const unwritable = log.failure ?? (await files.write({ checkpoint: checkpoint(trainer.state()) }));
  if (unwritable !== undefined) return { end: { kind: "unwritable" }, problems: [unwritable] };

  const stop = environment.stopSignal?.() ?? new AbortController().signal;
  const display = showEpochs(settings.epochs, report, environment, now);
  let shown = now();
  let epochBegun = now();
  // What is gone back to where the loss becomes no number.
  let safe = { state: trainer.state(), step: progress.step };
  const plan = { ...settings, ...(pruning && settings.command === "prune" && ofPruning(pruning.trainer, settings)) };
  const events = training(trainer, data, plan, progress, () => now() - shown >= pace.show);
  let end: RunResult["end"] | undefined;
  while (end === undefined) {
    const next = events.next();
    shown = now();
    if (next.done === true) {
      end = next.value;
      break;
    }
    const event = next.value;
    switch (event.kind) {
      case "epoch-begins":
        epochBegun = now();
        display.begin(event.epoch, event.done, event.steps);
        break;
      case "steps":
        display.steps(event.done, progress.results ?? trainer.results());
        if (files.age >= pace.steps) await files.write({ checkpoint: checkpoint(trainer.state()) });
        break;
      case "epoch-ends":
        display.end(event.results);
        log.add(event.epoch, event.results, (now() - epochBegun) / 1000);
        safe = { state: trainer.state(), step: 0 };
        if (files.age >= pace.epochs) await files.write({ checkpoint: checkpoint(safe.state), ...kept(weights()) });
        break;
    }
    // Signals come when nothing else is done.
    await setImmediate();
    if (stop.aborted) end = { kind: "interrupted" };
  }

  if (progress.step > 0) display.leave();
  if (end.kind === "interrupted" && !areFinite(trainer.weights)) {
    end = { kind: "diverged", of: "weights", epoch: progress.epoch + 1, isNaN: false };
  }
  if (end.kind === "diverged") {
    trainer.restore(safe.state);
    progress.step = safe.step;
    delete progress.results;
  }
  // Weights that nothing was done to take the place of none.
  const written = progress.epoch === 0 && progress.step === 0 ? undefined : weights();
  const failure = await files.write({ checkpoint: checkpoint(trainer.state()), ...kept(written) });
  const problems = [failure, log.failure].filter((problem) => problem !== undefined);
  return { end, problems, ...(failure === undefined && written ? { weights: written } : {}) };
}

function kept(weights: Uint8Array | undefined): { readonly weights?: Uint8Array } {
  return weights === undefined ? {} : { weights };
}

/** What a run that prunes has besides: each epoch tells the sparsity, and the best is one of those that have all of it. */
function ofPruning(
  trainer: PrunedTrainer,
  { pruningEpochs }: Extract<TrainSettings, { readonly command: "prune" }>,
): Pick<TrainingPlan, "bestFrom" | "measure"> {
  return { bestFrom: pruningEpochs + 1, measure: () => ({ sparsity: trainer.sparsity }) };
}
