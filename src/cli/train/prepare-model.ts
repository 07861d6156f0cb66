import { hasErrors } from "../../diagnostics/diagnostic.ts";
import type { Checkpoint } from "../../fit/checkpoint/checkpoint.ts";
import { checkpointDiffers } from "../../fit/checkpoint/compare-settings.ts";
import { checkTrained, type TrainedModel } from "../../fit/check-trained.ts";
import { wantedOf } from "../../fit/data/wanted-of.ts";
import type { WantedData } from "../../fit/data/reading.ts";
import type { Host } from "../../load/host.ts";
import type { Environment } from "../../node/environment.ts";
import type { LoadedInput } from "../../node/load-sources.ts";
import { displayPath } from "../../node/paths.ts";
import type { Preparing } from "./preparing.ts";
import { readCheckpointFile } from "./read-checkpoint-file.ts";
import { fillSettings, type TrainSettings } from "./run-settings.ts";
import type { TrainInvocation } from "./train-options.ts";
import { checkPlaces, placeTraining, type TrainingPlaces } from "./training-places.ts";

/** The model that is trained, and with what. */
export interface PreparedModel {
  readonly trained: TrainedModel;
  readonly wanted: WantedData;
  readonly places: TrainingPlaces;
  readonly settings: TrainSettings;
  /** From which the training goes on. */
  readonly checkpoint?: Checkpoint;
}

/** Checks the model and where training would write; undefined where something is wrong. */
export async function prepareModel(
  input: LoadedInput,
  invocation: TrainInvocation,
  host: Host,
  environment: Environment,
  { problems, diagnostics, sources }: Preparing,
): Promise<PreparedModel | undefined> {
  const { cwd } = environment;
  const checked = await checkTrained(input.source, host, {
    asked: invocation.model,
    withoutWeights: invocation.fromScratch === true || invocation.resume === true,
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

  // The weights that the model binds may be those that are written anew, unless they are a part of a file.
  const { weights } = model;
  const bound =
    weights === undefined || weights.prefix !== undefined ? undefined : host.resolve(model.file, weights.path);
  const given = [invocation.data, invocation.validation].filter((file) => file !== undefined);
  const read = [
    ...checked.dependencies.filter((file) => file !== bound),
    ...given.map((file) => displayPath(cwd, file)),
  ];
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
  const wanted = wantedOf(model, compile, settings.dims ?? {});
  diagnostics.push(...wanted.diagnostics);
  if (problems.length > 0 || hasErrors(diagnostics) || wanted.value === undefined) return undefined;
  return { trained, wanted: wanted.value, places, settings, ...(checkpoint && { checkpoint }) };
}

function haveSameNames(dims: TrainSettings["dims"], names: readonly string[]): boolean {
  return (
    Object.keys(dims ?? {})
      .toSorted()
      .join() === names.toSorted().join()
  );
}
