import path from "node:path";
import picomatch from "picomatch";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Checked, Diagnostic } from "../diagnostics/diagnostic.ts";
import { formatCount } from "../diagnostics/format-count.ts";
import { isModelFile, isScript, isWeightFile, modelEnding, sourceEnding } from "../model-formats/file-names.ts";
import { modelFiles } from "../model-formats/words.ts";
import type { Environment } from "./environment.ts";
import { describeFileError } from "./file-error.ts";
import { nearestName } from "../load/nearest-file.ts";
import { mostFolders } from "./limits.ts";
import { namesBeside } from "./node-host.ts";
import { displayPath, toSlashes } from "./paths.ts";

/** A model file to work on. */
export interface Input {
  /** As in `displayPath`. */
  readonly path: string;
  /** Its folder seen from the base: the fixed part of the glob that found it, or the folder of a plain name. */
  readonly folderFromBase: string;
  /** How the model of a trained file is taken; absent where all is as the file has it. */
  readonly trained?: TrainedChoice;
}

/** What is chosen of a trained file. */
export interface TrainedChoice {
  /** What its model is called. */
  readonly name?: string;
  /** The layer or tensor that gives the output. */
  readonly output?: string;
}

const extension = sourceEnding;

export const inputMissing = defineDiagnostic<{ file: string; reason: string; nearest?: string | undefined }>(
  "input-unreadable",
  "error",
  "A file named on the command line can't be read.",
  ({ file, reason, nearest }) => ({
    message: `Can't read '${file}': ${reason}`,
    help:
      nearest === undefined
        ? "check the name, or quote a glob such as 'models/**/*.layers'"
        : `did you mean '${nearest}'?`,
  }),
  () => ({
    meaning:
      "There is no such file, or the system does not let it be read. Names are relative to the working folder; a glob is quoted, so that layerc and not the shell expands it.",
    example: {
      kind: "command",
      text: "layerc build digts.layers",
      arguments: { file: "digts.layers", reason: "no such file" },
      mended: "layerc build digits.layers",
    },
  }),
);

export const inputIsFolder = defineDiagnostic<{ folder: string }>(
  "input-is-folder",
  "error",
  "A folder is named on the command line where files are expected.",
  ({ folder }) => ({
    message: `'${folder}' is a folder, expected model files`,
    help: `give its files: '${folder === "." ? "" : `${folder.replace(/\/+$/, "")}/`}**/*${extension}'`,
  }),
  () => ({
    meaning:
      "layerc takes files and globs. A folder could hold anything, so its files are named by a glob. To layerc check and layerc format a folder stands for all model files below it.",
    example: {
      kind: "command",
      text: "layerc build models",
      arguments: { folder: "models" },
      mended: "layerc build 'models/**/*.layers'",
    },
  }),
);

export const inputNotLayers = defineDiagnostic<{ file: string }>(
  "input-not-layers",
  "error",
  "A file named on the command line is not a model file.",
  ({ file }) => ({
    message: `'${file}' is not a model file`,
    help: isScript(file)
      ? `write its model as a model file: layerc import ${file}`
      : `the names of model files end in ${extension}; trained models are ${modelFiles("or")}`,
  }),
  () => ({
    meaning:
      "The names of model files end in .layers. Models of Keras, TensorFlow.js and ONNX are known by the endings that these have.",
    example: {
      kind: "command",
      text: "layerc build digits.tflite",
      arguments: { file: "digits.tflite" },
      mended: "layerc build digits.keras",
    },
  }),
);

export const inputIsWeights = defineDiagnostic<{ file: string }>(
  "input-is-weights",
  "error",
  "A file named on the command line holds weights and no model.",
  ({ file }) => ({
    message: `'${file}' holds weights, without the layers that they belong to`,
    help: `write the model as a ${extension} file beside it, with the clause weights ${JSON.stringify(`./${path.basename(file)}`)} in it`,
  }),
  () => ({
    meaning:
      "Files that end in .weights.h5, .npz and .safetensors have arrays only, so there is nothing to build. A model file that says the layers binds them with a weights clause.",
    example: {
      kind: "command",
      text: "layerc build digits.weights.h5",
      arguments: { file: "digits.weights.h5" },
      mended: "layerc build digits.layers",
    },
  }),
);

export const noInputs = defineDiagnostic<{ pattern: string }>(
  "no-files-match",
  "error",
  "A glob on the command line matches no model file.",
  ({ pattern }) => ({
    message: `No model file matches '${pattern}'`,
    help:
      "check the folder and the pattern; '**' goes through folders, node_modules and hidden ones are left out; " +
      "trained models are found where it says their ending, as '*.keras' does",
  }),
  () => ({
    meaning:
      "The glob finds .layers files, and files of trained models where it says their ending. It goes neither into node_modules nor into hidden folders, and has to find something: a build of nothing is most often a slip.",
    example: {
      kind: "command",
      text: "layerc build 'model/**/*.layers'",
      arguments: { pattern: "model/**/*.layers" },
      mended: "layerc build 'models/**/*.layers'",
    },
  }),
);

export const inputUnnamed = defineDiagnostic<{ file: string }>(
  "input-name-not-utf8",
  "warning",
  "A glob finds a file whose name is not UTF-8.",
  ({ file }) => ({ message: `'${file}' is left out: its name is not UTF-8`, help: "give it another name" }),
  () => ({
    meaning:
      "The bytes of a file's name are text in another encoding, so that no path leads to it. The glob's other files are worked on.",
    example: {
      kind: "situation",
      text: "An archive was unpacked whose names are in Latin-1: größe.layers.",
      arguments: { file: "models/gr\uFFFD\uFFFDe.layers" },
      mended: "The file is called groesse.layers.",
    },
  }),
);

export const globTooWide = defineDiagnostic<{ pattern: string; folder: string }>(
  "glob-too-wide",
  "error",
  "A glob leads through more folders than any project has.",
  ({ pattern, folder }) => ({
    message: `'${pattern}' leads through more than ${formatCount(mostFolders)} folders, '${folder}' among them`,
    help: "begin it with the folder that the models are in, as 'models/**/*.layers' does",
  }),
  () => ({
    meaning:
      "The glob was given up, because it goes through a whole disk, or through links that lead to each other in ever new ways.",
    example: {
      kind: "command",
      text: "layerc build '/**/*.layers'",
      arguments: { pattern: "/**/*.layers", folder: "usr/share" },
      mended: "layerc build 'models/**/*.layers'",
    },
  }),
);

/**
 * Finds the files that names and globs stand for, each once per base, in order of the command line, globs sorted. What is
 * left out is a warning. A folder may stand for all model files below it.
 */
export async function findInputs(
  patterns: readonly string[],
  environment: Environment,
  folders: "refused" | "searched" = "refused",
): Promise<Checked<readonly Input[]>> {
  const inputs = new Map<string, Input>();
  const diagnostics: Diagnostic[] = [];
  for (const pattern of patterns) {
    const found = await findMatches(pattern, environment, folders);
    diagnostics.push(...found.diagnostics);
    for (const input of found.value) inputs.set(JSON.stringify([input.path, input.folderFromBase]), input);
  }
  return { value: [...inputs.values()], diagnostics };
}

async function findMatches(
  written: string,
  environment: Environment,
  folders: "refused" | "searched",
): Promise<Checked<readonly Input[]>> {
  const { cwd, files } = environment;
  const pattern = toSlashes(written);
  const wrong = (diagnostic: Diagnostic): Checked<readonly Input[]> => ({ value: [], diagnostics: [diagnostic] });

  let isFolder: boolean;
  try {
    const kind = files.kind(path.resolve(cwd, pattern));
    isFolder = kind === "folder" && folders === "searched" && written !== "";
    if (kind === "folder" && !isFolder) return wrong(inputIsFolder(undefined, { folder: written }));
    if (kind === "other") return wrong(inputMissing(undefined, { file: written, reason: "it is not a regular file" }));
    if (kind === "file") {
      if (isWeightFile(pattern)) return wrong(inputIsWeights(undefined, { file: written }));
      if (modelEnding(pattern) === "") return wrong(inputNotLayers(undefined, { file: written }));
      return { value: [{ path: displayPath(cwd, pattern), folderFromBase: "" }], diagnostics: [] };
    }
  } catch (error) {
    return wrong(inputMissing(undefined, { file: written, reason: describeFileError(error) }));
  }

  const all = `**/*${extension}`;
  const split = isFolder ? { base: path.resolve(cwd, pattern), pattern: all } : splitGlob(pattern, cwd);
  if (split === undefined) {
    const nearest = nearestInput(pattern, environment);
    return wrong(inputMissing(undefined, { file: written, reason: "no such file", nearest }));
  }
  const { base } = split;
  const { walkGlob } = await import("./walk-glob.ts");
  const walked = walkGlob(base, split.pattern, files);
  const isInput = (match: string): boolean => isModelFile(match) && isMeant(match, pattern);
  const { beyond } = walked;
  if (beyond !== undefined) return wrong(globTooWide(undefined, { pattern: written, folder: beyond }));
  const unnamed = walked.unnamed
    .filter(isInput)
    .map((file) => inputUnnamed(undefined, { file: displayPath(cwd, path.resolve(base, file)) }));
  const value = walked.files.filter(isInput).map((match) => ({
    path: displayPath(cwd, path.resolve(base, match)),
    folderFromBase: path.dirname(match).replace(/^\.$/, ""),
  }));
  const none =
    value.length === 0 ? [noInputs(undefined, { pattern: isFolder ? path.posix.join(pattern, all) : written })] : [];
  return { value, diagnostics: [...unnamed, ...none] };
}

/** A model file whose name a name without a file nearly is. */
function nearestInput(written: string, { cwd, files }: Environment): string | undefined {
  const names = namesBeside(path.resolve(cwd, written), files).filter((name) => modelEnding(name) !== "");
  const found = nearestName(path.posix.basename(written), names);
  return found === undefined ? undefined : written.slice(0, written.lastIndexOf("/") + 1) + found.word;
}

/** A trained file may be what a model file binds, so that `models/*` doesn't find it: a glob has to say its ending. */
function isMeant(match: string, glob: string): boolean {
  const ending = modelEnding(match);
  const last = glob.split("/").at(-1) ?? "";
  return ending === extension || last.toLowerCase().includes(ending.slice(1).toLowerCase());
}

/**
 * A glob as the folder that all its matches lie in, absolute, and the rest that is searched below it; undefined for a plain
 * name.
 */
export function splitGlob(
  written: string,
  cwd: string,
): { readonly base: string; readonly pattern: string } | undefined {
  const pattern = toSlashes(written);
  if (!isDynamic(pattern)) return undefined;
  const segments = pattern.split("/");
  const firstDynamic = segments.findIndex(isDynamic);
  // Braces may hold a slash; then no segment is dynamic by itself and the working folder is the base.
  const baseSegments = firstDynamic < 0 || pattern.search(/[{(][^/})]*\//) >= 0 ? staticLead(segments) : firstDynamic;
  const base = path.resolve(cwd, segments.slice(0, baseSegments).join("/") || (pattern.startsWith("/") ? "/" : "."));
  return { base, pattern: segments.slice(baseSegments).join("/") };
}

function isDynamic(pattern: string): boolean {
  const { isGlob, negated } = picomatch.scan(pattern);
  return isGlob || negated;
}

/** How many leading segments contain no sign of a pattern at all. */
function staticLead(segments: readonly string[]): number {
  const first = segments.findIndex((segment) => /[*?[\]{}()!+@]/.test(segment));
  return first < 0 ? 0 : first;
}
