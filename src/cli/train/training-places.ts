import path from "node:path";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Checked, Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Model } from "../../check/model.ts";
import { checkpointOrigin } from "../../fit/checkpoint/write-checkpoint.ts";
import { trainedOrigin } from "../../fit/checkpoint/mark-weights.ts";
import { isTrainedName } from "../../fit/check-trained.ts";
import { isCurves } from "../../fit/plot/plot-curves.ts";
import type { Environment } from "../../node/environment.ts";
import { describeFileError } from "../../node/file-error.ts";
import { maxOutputBytes } from "../../node/limits.ts";
import { isTrainedFile } from "../../model-formats/file-names.ts";
import { outputIsInput } from "../../node/outputs.ts";
import { displayPath, toSlashes } from "../../node/paths.ts";
import { outputUnwritable } from "../../node/plan-files.ts";
import { wrongUsage } from "../arguments/wrong-usage.ts";
import type { RunInvocation } from "./prune-options.ts";
import { isTrainingLog } from "./training-log.ts";

export const trainWouldReplace = defineDiagnostic<{ output: string; option: string }>(
  "train-would-replace",
  "error",
  "A file that training did not write lies where it would write one.",
  ({ output, option }) => ({
    message: `'${output}' exists, and is not as a training wrote it`,
    help: `choose another file with ${option}, or replace it with --force`,
  }),
  () => ({
    meaning:
      "Training writes weights and a checkpoint, and a log and a drawing on demand. It replaces those of an earlier training and nothing else.",
    example: {
      kind: "command",
      text: "layerc train iris.layers --data iris.csv --out iris.safetensors",
      arguments: { output: "iris.safetensors", option: "--out" },
      mended: "layerc train iris.layers --data iris.csv --out trained.safetensors",
    },
  }),
);

/** Where training writes; paths as in `displayPath`. */
export interface TrainingPlaces {
  readonly weights: string;
  readonly checkpoint: string;
  readonly log?: string;
  readonly plot?: string;
}

/**
 * Where the weights go: where `--out` says, else what the model binds, else a file of its name beside it. What is pruned has a
 * name of its own: the weights that it was made of are wanted again, for another sparsity.
 */
export function placeTraining(
  { command, out, log, plot }: Pick<RunInvocation, "command" | "out" | "log" | "plot">,
  model: Model,
  cwd: string,
): Checked<TrainingPlaces | undefined> {
  if (out !== undefined && !isTrainedName(out)) {
    const message = `--out is '${out}', expected a name that ends in .safetensors`;
    return {
      value: undefined,
      diagnostics: [wrongUsage(undefined, { message, help: "the weights clause binds such a file" })],
    };
  }
  const folder = path.dirname(model.file);
  const { weights } = model;
  const isBound = weights !== undefined && weights.prefix === undefined && isTrainedName(weights.path);
  // The name of a trained model alone is that of the weights that an import writes.
  const name = isTrainedFile(model.file) ? `${model.exportName}.trained` : model.exportName;
  const file = command === "prune" ? `${model.exportName}.pruned` : name;
  const written = out ?? path.join(folder, isBound && command === "train" ? weights.path : `${file}.safetensors`);
  const place = displayPath(cwd, written);
  return {
    value: {
      weights: place,
      checkpoint: place.replace(/\.safetensors$/i, ".checkpoint.safetensors"),
      ...(log === undefined ? {} : { log: displayPath(cwd, log) }),
      ...(plot === undefined ? {} : { plot: displayPath(cwd, plot) }),
    },
    diagnostics: [],
  };
}

/** What is in the way of the files that training would write. */
export function checkPlaces(
  places: Partial<TrainingPlaces>,
  read: readonly string[],
  source: string,
  { force }: Pick<RunInvocation, "force">,
  { cwd, files }: Environment,
): readonly Diagnostic[] {
  const inputs = new Set(read.map((file) => path.resolve(cwd, file)));
  const kinds = [
    { place: places.weights, option: "--out", isOwn: (content: Uint8Array) => trainedOrigin(content) === "generated" },
    {
      place: places.checkpoint,
      option: "--out",
      isOwn: (content: Uint8Array) => checkpointOrigin(content) === "generated",
    },
    { place: places.log, option: "--log", isOwn: isTrainingLog },
    { place: places.plot, option: "--plot", isOwn: isCurves },
  ];
  const seen = new Map<string, string>();
  return kinds.flatMap(({ place, option, isOwn }): readonly Diagnostic[] => {
    if (place === undefined) return [];
    const full = path.resolve(cwd, place);
    const other = seen.get(full);
    seen.set(full, option);
    if (other !== undefined)
      return [
        wrongUsage(undefined, {
          message: `${other} and ${option} name one file, '${place}'`,
          help: "give each its own",
        }),
      ];
    if (inputs.has(full)) return [outputIsInput(undefined, { output: place, source, option })];
    try {
      const kind = files.kind(full);
      if (kind === undefined) return [];
      if (kind !== "file")
        return [outputUnwritable(undefined, { output: place, reason: "something that is not a file lies there" })];
      if (force === true || isOwn(files.read(full, maxOutputBytes))) return [];
      return [trainWouldReplace(undefined, { output: place, option })];
    } catch (error) {
      return [outputUnwritable(undefined, { output: place, reason: describeFileError(error) })];
    }
  });
}

/** The weights as the clause of a model names them: `./iris.safetensors`. */
export function clausePath({ file }: Pick<Model, "file">, place: string, cwd: string): string {
  const relative = toSlashes(path.relative(path.resolve(cwd, path.dirname(file)), path.resolve(cwd, place)));
  return relative.startsWith("../") || path.isAbsolute(relative) ? relative : `./${relative}`;
}
