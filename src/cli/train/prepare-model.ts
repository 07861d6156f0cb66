import type { Model } from "../../check/model.ts";
import { hasErrors, type Checked } from "../../diagnostics/diagnostic.ts";
import type { Checkpoint } from "../../fit/checkpoint/checkpoint.ts";
import { checkpointDiffers } from "../../fit/checkpoint/compare-settings.ts";
import { checkTrained, type TrainedModel } from "../../fit/check-trained.ts";
import { chooseKernels, type ChosenKernels } from "../../fit/pruning/choose-kernels.ts";
import { wantedOf } from "../../fit/data/wanted-of.ts";
import type { WantedData } from "../../fit/data/reading.ts";
import type { Host } from "../../load/host.ts";
import type { Environment } from "../../node/environment.ts";
import type { LoadedInput } from "../../node/load-sources.ts";
import { displayPath } from "../../node/paths.ts";
import { wrongUsage } from "../arguments/wrong-usage.ts";
import type { Preparing } from "./preparing.ts";
import { readCheckpointFile } from "./read-checkpoint-file.ts";
import { fillSettings, type TrainSettings } from "./run-settings.ts";
import type { RunInvocation } from "./prune-options.ts";
import { checkPlaces, placeTraining, type TrainingPlaces } from "./training-places.ts";

/** The model that is trained, and with what. */
export interface PreparedModel {
  readonly trained: TrainedModel;
  readonly wanted: WantedData;
  readonly places: TrainingPlaces;
  readonly settings: TrainSettings;
  /** What is pruned, where anything is. */
  readonly pruned?: ChosenKernels;
  /** From which the training goes on. */
  readonly checkpoint?: Checkpoint;
}

/** Checks the model and where training would write; undefined where something is wrong. */
export async function prepareModel(
  input: LoadedInput,
  invocation: RunInvocation,
  host: Host,
  environment: Environment,
  { problems, diagnostics, sources }: Preparing,
): Promise<PreparedModel | undefined> {
  const { cwd } = environment;
  const checked = await checkTrained(input.source, host, {
    asked: invocation.model,
    weights: weightsOf(invocation),
    isCompiled: true,
  });
  diagnostics.push(...checked.diagnostics);
  sources.push(...checked.sources);
  const trained = checked.value;
  const { compile } = trained?.model ?? {};
  if (trained === undefined || compile === undefined) return undefined;
  const { model } = trained;
  const placed = placeTraining(invocation, model, cwd);
  problems.push(...placed.diagnostics);
  const places = placed.value;
  if (places === undefined) return undefined;

  const given = [invocation.data, invocation.validation].filter((file) => file !== undefined);
  const read = [...otherFiles(checked.dependencies, model, host), ...given.map((file) => displayPath(cwd, file))];
  problems.push(...checkPlaces(places, [input.path, ...read], input.path, invocation, environment));
  const found = invocation.resume === true ? readCheckpointFile(places.checkpoint, environment) : undefined;
  if (found?.kind === "failed") problems.push(found.diagnostic);
  const checkpoint = found?.kind === "read" ? found.checkpoint : undefined;
  const settings = fillSettings(invocation, checkpoint && { ...checkpoint.fixed, ...checkpoint.free });
  if (checkpoint !== undefined && invocation.dims === undefined && !haveSameNames(settings.dims, model.dims)) {
    const differences = [{ name: "--dims", now: null, then: checkpoint.fixed["--dims"] ?? null }];
    problems.push(checkpointDiffers(undefined, { path: places.checkpoint, differences }));
    return undefined;
  }
  const pruned = settings.command === "prune" ? prunedOf(model, settings) : undefined;
  for (const diagnostic of pruned?.diagnostics ?? []) {
    (diagnostic.span === undefined ? problems : diagnostics).push(diagnostic);
  }
  const wanted = wantedOf(model, compile, settings.dims ?? {});
  diagnostics.push(...wanted.diagnostics);
  if (problems.length > 0 || hasErrors(diagnostics) || wanted.value === undefined) return undefined;
  return {
    trained,
    wanted: wanted.value,
    places,
    settings,
    ...(pruned?.value && { pruned: pruned.value }),
    ...(checkpoint && { checkpoint }),
  };
}

function weightsOf(invocation: RunInvocation): "if-there" | "needed" | "unused" {
  if (invocation.resume === true || (invocation.command === "train" && invocation.fromScratch === true))
    return "unused";
  return invocation.command === "prune" ? "needed" : "if-there";
}

/** What is pruned, unless nothing would be left of the run to make up for it. */
function prunedOf(
  model: Model,
  { epochs, pruningEpochs, except = [], withOutput = false }: Extract<TrainSettings, { readonly command: "prune" }>,
): Checked<ChosenKernels | undefined> {
  if (pruningEpochs < epochs) return chooseKernels(model, { except, withOutput });
  const message = `--pruning-epochs is ${pruningEpochs}, of ${epochs} in all`;
  const help = "at least the last epoch trains with all that is to be pruned taken away";
  return { value: undefined, diagnostics: [wrongUsage(undefined, { message, help })] };
}

/** The files that were read, without the weights that the model binds, which may be written anew, unless they are a part of a file. */
export function otherFiles(read: readonly string[], { file, weights }: Model, host: Host): readonly string[] {
  const bound = weights === undefined || weights.prefix !== undefined ? undefined : host.resolve(file, weights.path);
  return read.filter((name) => name !== bound);
}

function haveSameNames(dims: TrainSettings["dims"], names: readonly string[]): boolean {
  return (
    Object.keys(dims ?? {})
      .toSorted()
      .join() === names.toSorted().join()
  );
}
