import type { Model } from "../../check/model.ts";
import { visibleText } from "../../diagnostics/visible-text.ts";
import { isTrainedFile } from "../../model-formats/file-names.ts";
import { clausePath } from "./training-places.ts";
import { weightsFix } from "./weights-fix.ts";

/** Where the weights of a model lie now, and what makes its file bind them. */
export function writtenWeights(model: Model, place: string, file: string, cwd: string): readonly string[] {
  const written = `${model.name} -> ${visibleText(place)}`;
  const clause = visibleText(`weights ${JSON.stringify(clausePath(model, place, cwd))}`);
  if (isTrainedFile(file)) {
    return [written, `layerc import ${visibleText(file)} writes a model file that can bind them: ${clause}`];
  }
  if (weightsFix(model, place, cwd) === undefined) return [written];
  const where = `${model.name} in ${visibleText(file)}`;
  const what =
    model.weights === undefined ? `Add to ${where}: ${clause}` : `Change the clause of ${where} to use them: ${clause}`;
  return [written, what];
}
