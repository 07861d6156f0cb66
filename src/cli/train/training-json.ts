import type { Results } from "../../fit/loop/trainer.ts";
import type { ReadyTraining, RunResult } from "./run-training.ts";
import { keptEpoch } from "./training-texts.ts";

/** What `--report json` says of a training. */
export function trainingJson(
  { trained, data, settings, compiled, progress, places, before }: ReadyTraining,
  { end, weights }: RunResult,
  after: Results | undefined,
): Readonly<Record<string, unknown>> {
  const { set, training, validation } = data;
  const { columns } = set;
  const named = (of: readonly number[] | undefined): readonly string[] | null =>
    columns === undefined || of === undefined ? null : of.map((at) => columns.names[at] as string);
  return {
    model: trained.model.name,
    target: compiled.target,
    data: {
      path: set.path,
      samples: training.samples.count,
      validationSamples: validation?.samples.count ?? 0,
      inputs: named(columns?.inputs),
      targets: named(columns?.targets),
    },
    end: end.kind,
    epochs: progress.history.map((results, at) => ({ epoch: at + 1, ...finite(results) })),
    step: progress.step,
    best: progress.best === undefined ? null : { epoch: progress.best.epoch, loss: progress.best.value },
    keptEpoch: keptEpoch(settings.keep, progress) ?? null,
    before: finite(before),
    after: after === undefined ? null : finite(after),
    weights: weights === undefined ? null : places.weights,
    checkpoint: places.checkpoint,
  };
}

/** JSON has no other numbers. */
function finite(results: Results): Readonly<Record<string, number | null>> {
  return Object.fromEntries(
    Object.entries(results).map(([name, value]) => [name, Number.isFinite(value) ? value : null]),
  );
}
