import type { Model } from "../check/model.ts";
import { hasErrors, type Diagnostic } from "../diagnostics/diagnostic.ts";
import type { WeightArrays } from "../ir/weight-arrays.ts";
import type { Host } from "../load/host.ts";
import { checkSource } from "../stages/check-source.ts";
import type { Source } from "../syntax/source.ts";
import { weightNotFinite } from "../weights/bind/bind-arrays.ts";
import { weightsUnreadable } from "../weights/load-weights.ts";
import { weightDiagnostics } from "../weights/weight-diagnostics.ts";
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

export interface CheckTrainedOptions {
  /** The name of the model that is trained, where the file has several. */
  readonly asked: string | undefined;
  /** Whether training begins without the weights that the model binds, which need not fit then. */
  readonly withoutWeights: boolean;
}

/** Checks a source and chooses the model to be trained, with the weights that it binds; those of others are not looked at. */
export async function checkTrained(
  source: Source,
  host: Host,
  { asked, withoutWeights }: CheckTrainedOptions,
): Promise<CheckTrainedResult> {
  const choose = (models: readonly Model[]) => chooseTrained(models, source.path, asked);
  const bound = (models: readonly Model[]): readonly Model[] => {
    const { value } = choose(models);
    return value === undefined || withoutWeights ? [] : [value];
  };
  const { result, weights } = await checkSource(source, { host, bound });
  const { sources, dependencies } = result;
  const chosen = choose(result.models);
  const own = chosen.value;
  const isToCome = own !== undefined && (await isWeightFileToCome(own, host));
  const diagnostics = result.diagnostics
    .filter((diagnostic) => !isToCome || !isOfClause(diagnostic, own))
    .map(asTrained);
  const common = { sources, dependencies };
  if (hasErrors(diagnostics)) return { ...common, diagnostics };
  if (own === undefined) return { ...common, diagnostics: [...diagnostics, ...chosen.diagnostics] };
  const arrays = weights.get(own);
  return { ...common, diagnostics, value: { model: own, ...(arrays && { arrays }) } };
}

/** Weights that are no numbers are an error where training begins with them; what is wrong with weights need not be right. */
function asTrained(diagnostic: Diagnostic): Diagnostic {
  const { code, severity } = diagnostic;
  const isWrong = severity === "error" && weightDiagnostics.some((definition) => definition.code === code);
  if (!isWrong && code !== weightNotFinite.code) return diagnostic;
  const help = [diagnostic.help, "--from-scratch begins without them"].filter((line) => line !== undefined).join("\n");
  return { ...diagnostic, severity: "error", help };
}

/** Whether a model binds a file that training writes and that is not there yet: the clause may stand before the first run. */
async function isWeightFileToCome({ weights, file }: Model, host: Host): Promise<boolean> {
  if (weights === undefined || weights.prefix !== undefined || !isTrainedName(weights.path)) return false;
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
