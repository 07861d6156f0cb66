import { baseName } from "./base-name.ts";
import { modelFormats } from "./index.ts";

/** How the names of model files end. */
export const sourceEnding = ".layers";

/** Whether a file is a script of Python or a notebook, by its name. */
export function isScript(path: string): boolean {
  return /\.(?:pyw?|ipynb)$/i.test(path);
}

/** The endings of files that hold trained arrays and no model; `.weights.h5` before `.h5`. */
const weightEndings = [".weights.h5", ".npz", ".safetensors"];

/** Whether a file is one of a trained model, by its name: of one of `modelFormats`. */
export function isTrainedFile(path: string): boolean {
  return trainedEnding(path) !== undefined;
}

/** Whether a file holds arrays and no model, by its name. */
export function isWeightFile(path: string): boolean {
  return weightEndings.some((ending) => path.toLowerCase().endsWith(ending));
}

/** Whether a file is found where model files are searched: by its name it is one, and no other kind of file has such names. */
export function isModelFile(path: string): boolean {
  if (path.endsWith(sourceEnding)) return true;
  const base = baseName(path);
  return !isWeightFile(path) && modelFormats.some(({ fileName, endings }) => isNamed(base, fileName, endings));
}

/** The name of a file without its folders and without the ending that says what it is: `digits` of `models/digits.keras`. */
export function fileStem(path: string): string {
  const base = baseName(path);
  return base.slice(0, base.length - modelEnding(base).length) || "model";
}

/** The ending of a model file, trained or not: `.keras`; empty where it is none. */
export function modelEnding(path: string): string {
  return path.endsWith(sourceEnding) ? sourceEnding : (trainedEnding(path) ?? "");
}

/** The endings of trained files that bundlers have no meaning of their own for: all but those that are JSON. */
export const importableEndings: readonly string[] = modelFormats
  .filter(({ fileName }) => fileName === undefined)
  .flatMap(({ endings }) => endings);

function trainedEnding(path: string): string | undefined {
  const lower = path.toLowerCase();
  const found = modelFormats.flatMap(({ endings }) => endings).find((ending) => lower.endsWith(ending));
  return found === undefined ? undefined : path.slice(path.length - found.length);
}

function isNamed(base: string, fileName: string | undefined, endings: readonly string[]): boolean {
  if (fileName !== undefined) return base === fileName;
  return endings.some((ending) => base.toLowerCase().endsWith(ending));
}
