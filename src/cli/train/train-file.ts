import { hasErrors, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import { bindKept } from "../../fit/kept-weights.ts";
import { largestInput, trainDiverged } from "../../fit/loop/diverged.ts";
import { evaluateFeed } from "../../fit/loop/evaluation.ts";
import { reportRefused } from "../../fit/loop/refused.ts";
import type { Divergence } from "../../fit/loop/training.ts";
import type { Results } from "../../fit/loop/trainer.ts";
import type { Environment } from "../../node/environment.ts";
import { loadSources } from "../../node/load-sources.ts";
import { createNodeHost } from "../../node/node-host.ts";
import { findFiles } from "../arguments/find-files.ts";
import { oneFileExpected } from "../arguments/one-file-expected.ts";
import { report } from "../report/report.ts";
import { stopped, type Outcome } from "../report/outcome.ts";
import { prepareData } from "./prepare-data.ts";
import { prepareModel } from "./prepare-model.ts";
import { prepareTrainer } from "./prepare-trainer.ts";
import type { Preparing } from "./preparing.ts";
import { refusedBy } from "./refused-by.ts";
import { runTraining, type ReadyTraining, type RunResult } from "./run-training.ts";
import type { TrainInvocation } from "./train-options.ts";
import { trainingJson } from "./training-json.ts";
import { closing, introduction } from "./training-texts.ts";

const nothing = { training: null };

/** Trains a model of a file: what is wrong is found before the first step, as far as it can be. */
export async function trainFile(invocation: TrainInvocation, environment: Environment): Promise<Outcome> {
  const host = createNodeHost(environment.cwd, environment.files);
  const found = await findFiles(invocation, environment);
  if (hasErrors(found.diagnostics)) return stopped(found.diagnostics, nothing);
  if (found.value.length > 1) {
    return stopped([oneFileExpected(undefined, { option: "--data", found: found.value.length })], nothing);
  }
  const loaded = await loadSources(found.value, host);
  const [input] = loaded.value;
  if (input === undefined) return stopped(loaded.diagnostics, nothing);

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
    const after = await evaluateKept(ready, result);
    return {
      ...preparing,
      interrupted: end.kind === "interrupted" && result.problems.length === 0,
      text: closing(ready, result, after, input.path, environment.cwd),
      json: { training: trainingJson(ready, result, after, environment.cwd, preparing.sources) },
    };
  } finally {
    data.close();
  }
}

/** What there is to say before training, which may take long: warnings, too. */
function tellBefore(
  ready: ReadyTraining,
  invocation: TrainInvocation,
  environment: Environment,
  preparing: Preparing,
): void {
  report({ ...preparing, text: introduction(ready), json: nothing }, invocation, environment);
  preparing.diagnostics.length = 0;
}

async function run(
  ready: ReadyTraining,
  invocation: TrainInvocation,
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

/** Loss and metrics of the weights as they were written, which are float32; whoever stops a run does not wait for them. */
async function evaluateKept(
  { trained, places, data, create }: ReadyTraining,
  { end, weights }: RunResult,
): Promise<Results | undefined> {
  if (weights === undefined || end.kind === "interrupted") return undefined;
  const trainer = create(await bindKept(trained.model, weights, places.weights));
  return evaluateFeed(trainer, data.validation ?? data.training);
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
