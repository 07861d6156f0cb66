import path from "node:path";
import type { Model } from "../../check/model.ts";
import type { Fix } from "../../diagnostics/diagnostic.ts";
import { clausePath } from "./training-places.ts";

/** What makes a model bind the weights that were written to `place`; undefined where it does already. */
export function weightsFix(model: Model, place: string, cwd: string): Fix | undefined {
  const { weights, inputSpan } = model;
  const folder = path.resolve(cwd, path.dirname(model.file));
  const isBound =
    weights !== undefined &&
    weights.prefix === undefined &&
    path.resolve(folder, weights.path) === path.resolve(cwd, place);
  if (isBound) return undefined;
  const file = clausePath(model, place, cwd);
  const clause = `weights ${JSON.stringify(file)}`;
  return weights === undefined
    ? {
        title: `Add ${clause}`,
        edits: [{ span: { ...inputSpan, end: inputSpan.start }, text: `${clause}\n  ` }],
      }
    : { title: `Change the clause to ${clause}`, edits: [{ span: weights.span, text: clause }] };
}
