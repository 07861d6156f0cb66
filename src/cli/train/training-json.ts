import { fixToJson } from "../../diagnostics/to-json.ts";
import type { SourceText } from "../../diagnostics/render.ts";
import type { Results } from "../../fit/loop/trainer.ts";
import type { PrunedLayer } from "../../fit/pruning/pruned-layers.ts";
import { jsonResults } from "./json-results.ts";
import { pruningJson } from "./pruning-json.ts";
import type { ReadyTraining, RunResult } from "./run-training.ts";
import { keptEpoch } from "./training-texts.ts";
import { weightsFix } from "./weights-fix.ts";

/** What `--report json` says of a training. */
export function trainingJson(
  { trained, data, settings, compiled, progress, places, before, pruned, atOnce }: ReadyTraining,
  { end, weights }: RunResult,
  after: Results | undefined,
  layers: readonly PrunedLayer[] | undefined,
  cwd: string,
  sources: readonly SourceText[],
): Readonly<Record<string, unknown>> {
  const { set, training, validation } = data;
  const fix = weights === undefined ? undefined : weightsFix(trained.model, places.weights, cwd);
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
    epochs: progress.history.map((results, at) => ({ epoch: at + 1, ...jsonResults(results) })),
    step: progress.step,
    best: progress.best === undefined ? null : { epoch: progress.best.epoch, loss: progress.best.value },
    keptEpoch: keptEpoch(settings.keep, progress) ?? null,
    ...(pruned &&
      settings.command === "prune" &&
      pruningJson(settings, pruned, layers, { pruningEpochs: settings.pruningEpochs, atOnce })),
    before: jsonResults(before),
    after: after === undefined ? null : jsonResults(after),
    weights: weights === undefined ? null : places.weights,
    checkpoint: places.checkpoint,
    fix: fix === undefined ? null : fixToJson(fix, sources),
  };
}
