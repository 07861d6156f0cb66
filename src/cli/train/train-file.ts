import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { bindKept } from "../../fit/kept-weights.ts";
import { largestInput, trainDiverged } from "../../fit/loop/diverged.ts";
import { evaluateFeed } from "../../fit/loop/evaluation.ts";
import { reportRefused } from "../../fit/loop/refused.ts";
import type { Divergence } from "../../fit/loop/training.ts";
import type { Results } from "../../fit/loop/trainer.ts";
import { warnOfCoarseBlocks } from "../../fit/pruning/coarse-blocks.ts";
import { warnOfLostAccuracy } from "../../fit/pruning/lost-accuracy.ts";
import { prunedLayers, type PrunedLayer } from "../../fit/pruning/pruned-layers.ts";
import type { WeightArrays } from "../../ir/weight-arrays.ts";
import type { Environment } from "../../node/environment.ts";
import { createNodeHost } from "../../node/node-host.ts";
import { report } from "../report/report.ts";
import { stopped, type Outcome } from "../report/outcome.ts";
import { findModelFile } from "./find-model-file.ts";
import { prepareData } from "./prepare-data.ts";
import { prepareModel } from "./prepare-model.ts";
import { prepareTrainer } from "./prepare-trainer.ts";
import type { Preparing } from "./preparing.ts";
import { refusedBy } from "./refused-by.ts";
import { runTraining, type ReadyTraining, type RunResult } from "./run-training.ts";
import type { RunInvocation } from "./prune-options.ts";
import { trainingJson } from "./training-json.ts";
import { closing, introduction } from "./training-texts.ts";

/** Trains a model of a file: what is wrong is found before the first step, as far as it can be. */
export async function trainFile(invocation: RunInvocation, environment: Environment): Promise<Outcome> {
  const field = invocation.command === "prune" ? "pruning" : "training";
  const nothing = { [field]: null };
  const host = createNodeHost(environment.cwd, environment.files);
  const found = await findModelFile(invocation, "--data", host, environment);
  if (found.kind === "wrong") return stopped(found.problems, nothing);
  const { input } = found;
  const preparing: Preparing = { problems: [], diagnostics: [...found.diagnostics], sources: [] };
  const outcome = (): Outcome => ({ ...preparing, text: "", json: nothing });
  const prepared = await prepareModel(input, invocation, host, environment, preparing);
  if (prepared === undefined) return outcome();
  const data = await prepareData(prepared.settings, prepared.wanted, environment, preparing);
  if (data === undefined) return outcome();
  try {
    const ready = await prepareTrainer(prepared, data, environment, preparing);
    if (ready === undefined) return outcome();
    if (invocation.report === "text") tellBefore(ready, invocation, environment, preparing);
    const result = await run(ready, invocation, environment, preparing);
    if (result === undefined) return outcome();
    preparing.problems.push(...result.problems);
    const { end } = result;
    if (end.kind === "unwritable") return outcome();
    if (end.kind === "diverged") preparing.diagnostics.push(diverged(ready, end));
    const { weights } = result;
    const kept = weights && (await bindKept(ready.trained.model, weights, ready.places.weights));
    // Whoever stops a run does not wait for a measurement.
    const after = kept && end.kind !== "interrupted" ? evaluateKept(ready, kept) : undefined;
    const layers = kept && prunedOf(ready, kept);
    preparing.diagnostics.push(...warnOfPruning(ready, layers, after));
    return {
      ...preparing,
      interrupted: end.kind === "interrupted" && result.problems.length === 0,
      text: closing(ready, result, after, layers, input.path, environment.cwd),
      json: { [field]: trainingJson(ready, result, after, layers, environment.cwd, preparing.sources) },
    };
  } finally {
    data.close();
  }
}

/** What there is to say before training, which may take long: warnings, too. */
function tellBefore(
  ready: ReadyTraining,
  invocation: RunInvocation,
  environment: Environment,
  preparing: Preparing,
): void {
  report({ ...preparing, text: introduction(ready), json: {} }, invocation, environment);
  preparing.diagnostics.length = 0;
}

async function run(
  ready: ReadyTraining,
  invocation: RunInvocation,
  environment: Environment,
  { diagnostics }: Preparing,
): Promise<RunResult | undefined> {
  try {
    return await runTraining(ready, invocation, environment);
  } catch (error) {
    diagnostics.push(reportRefused(error, ready.trainer, refusedBy(ready)));
    return undefined;
  }
}

/** Loss and metrics of the weights as they were written, which are float32. */
function evaluateKept({ data, create }: ReadyTraining, kept: WeightArrays): Results {
  return evaluateFeed(create(kept), data.validation ?? data.training);
}

/** What came of the kernels of a run that prunes. */
function prunedOf({ pruning }: ReadyTraining, kept: WeightArrays): readonly PrunedLayer[] | undefined {
  return pruning && prunedLayers(pruning.plan.kernels, pruning.plan.block, kept);
}

function warnOfPruning(
  { trained, pruning, before }: ReadyTraining,
  layers: readonly PrunedLayer[] | undefined,
  after: Results | undefined,
): readonly Diagnostic[] {
  if (pruning === undefined) return [];
  return [
    ...(layers === undefined ? [] : warnOfCoarseBlocks(layers, pruning.plan.sparsity)),
    ...(after === undefined ? [] : warnOfLostAccuracy(trained.model.name, before, after)),
  ];
}

function diverged({ trained, data, trainer, progress }: ReadyTraining, end: Divergence): Diagnostic {
  return trainDiverged(trained.model.compile?.span, {
    model: trained.model.name,
    end,
    steps: data.training.batches,
    learningRate: trainer.learningRate,
    largestInput: largestInput(data.training.samples),
    kept: progress.epoch,
  });
}
