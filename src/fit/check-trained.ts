import type { Model } from "../check/model.ts";
import { hasErrors, type Diagnostic } from "../diagnostics/diagnostic.ts";
import type { WeightArrays } from "../ir/weight-arrays.ts";
import type { Host } from "../load/host.ts";
import { checkSource } from "../stages/check-source.ts";
import type { Source } from "../syntax/source.ts";
import { weightsUnreadable } from "../weights/load-weights.ts";
import { chooseTrained } from "./choose-trained.ts";

/** A model to be trained. */
export interface TrainedModel {
  readonly model: Model;
  /** What it binds; absent where that is nothing, or a file that training is to write first. */
  readonly arrays?: WeightArrays;
}

export interface CheckTrainedResult {
  readonly value?: TrainedModel;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly Source[];
  /** Paths of all files read, as the host resolved them. */
  readonly dependencies: readonly string[];
}

/** Checks a source and chooses the model to be trained, with the weights that it binds. */
export async function checkTrained(source: Source, host: Host, asked: string | undefined): Promise<CheckTrainedResult> {
  const { result, weights } = await checkSource(source, { host });
  const { diagnostics: found, sources, dependencies, models } = result;
  const chosen = chooseTrained(models, source.path, asked);
  const own = chosen.value;
  const isToCome = own !== undefined && (await isWeightFileToCome(own, host));
  const diagnostics = isToCome ? found.filter((diagnostic) => !isOfClause(diagnostic, own)) : found;
  const common = { sources, dependencies };
  if (hasErrors(diagnostics)) return { ...common, diagnostics };
  if (own === undefined) return { ...common, diagnostics: [...diagnostics, ...chosen.diagnostics] };
  const arrays = weights.get(own);
  return { ...common, diagnostics, value: { model: own, ...(arrays && { arrays }) } };
}

/** Whether a model binds a file that training writes and that is not there yet: the clause may stand before the first run. */
async function isWeightFileToCome({ weights, file }: Model, host: Host): Promise<boolean> {
  if (weights === undefined || !isTrainedName(weights.path)) return false;
  const read = await host.readBytes(host.resolve(file, weights.path));
  return !read.ok && read.reason === "no such file";
}

/** Whether training can write weights under a name. */
export function isTrainedName(path: string): boolean {
  return path.toLowerCase().endsWith(".safetensors");
}

function isOfClause({ code, span }: Diagnostic, { weights }: Model): boolean {
  return code === weightsUnreadable.code && span?.file === weights?.span.file && span?.start === weights?.span.start;
}
