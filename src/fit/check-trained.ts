import type { Model } from "../check/model.ts";
import { hasErrors, type Diagnostic } from "../diagnostics/diagnostic.ts";
import type { WeightArrays } from "../ir/weight-arrays.ts";
import type { Host } from "../load/host.ts";
import { checkSource } from "../stages/check-source.ts";
import type { Source } from "../syntax/source.ts";
import { weightNotFinite } from "../weights/bind/bind-arrays.ts";
import { weightsUnreadable } from "../weights/load-weights.ts";
import { weightDiagnostics } from "../weights/weight-diagnostics.ts";
import { pruneNoWeights } from "./pruning/no-weights.ts";
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
  /**
   * Whether it begins with the weights that the model binds where there are any, must have some, or begins without them, which
   * need not fit then.
   */
  readonly weights: "if-there" | "needed" | "unused";
  /** Whether the model is compiled, and so has to have a clause for that. */
  readonly isCompiled: boolean;
}

/** Checks a source and chooses the model to be trained, with the weights that it binds; those of others are not looked at. */
export async function checkTrained(
  source: Source,
  host: Host,
  { asked, weights: begins, isCompiled }: CheckTrainedOptions,
): Promise<CheckTrainedResult> {
  const choose = (models: readonly Model[]) => chooseTrained(models, source.path, asked, isCompiled);
  const bound = (models: readonly Model[]): readonly Model[] => {
    const { value } = choose(models);
    return value === undefined || begins === "unused" ? [] : [value];
  };
  const { result, weights } = await checkSource(source, { host, bound });
  const { sources, dependencies } = result;
  const chosen = choose(result.models);
  const own = chosen.value;
  const isToCome = own !== undefined && begins !== "needed" && (await isWeightFileToCome(own, host));
  const diagnostics = result.diagnostics
    .filter((diagnostic) => !isToCome || !isOfClause(diagnostic, own))
    .map((diagnostic) => asTrained(diagnostic, begins));
  const common = { sources, dependencies };
  if (hasErrors(diagnostics)) return { ...common, diagnostics };
  if (own === undefined) return { ...common, diagnostics: [...diagnostics, ...chosen.diagnostics] };
  const arrays = weights.get(own);
  if (begins === "needed" && arrays === undefined) {
    return { ...common, diagnostics: [...diagnostics, pruneNoWeights(own.nameSpan, { model: own.name })] };
  }
  return { ...common, diagnostics, value: { model: own, ...(arrays && { arrays }) } };
}

/** Weights that are no numbers are an error where training begins with them; what is wrong with weights need not be right. */
function asTrained(diagnostic: Diagnostic, begins: CheckTrainedOptions["weights"]): Diagnostic {
  const { code, severity } = diagnostic;
  const isWrong = severity === "error" && weightDiagnostics.some((definition) => definition.code === code);
  if (!isWrong && code !== weightNotFinite.code) return diagnostic;
  if (begins === "needed") return { ...diagnostic, severity: "error" };
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
