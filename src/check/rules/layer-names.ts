import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { RelatedPlace, Span } from "../../diagnostics/diagnostic.ts";
import { shorten } from "../../layers/arguments/shorten.ts";

export const invalidLayerName = defineDiagnostic(
  "invalid-layer-name",
  "error",
  "A layer's name is empty, contains '/' or a control character, or is '__proto__'.",
  (at: { name: string; problem: string }) => ({
    message: `A layer can't be named ${JSON.stringify(shorten(at.name))}: ${at.problem}`,
  }),
);

export const duplicateLayerName = defineDiagnostic(
  "duplicate-layer-name",
  "error",
  "Two layers of a model are written with the same name.",
  (at: { name: string; first: Span; related: readonly RelatedPlace[] }) => ({
    message: `Two layers of this model are named '${at.name}'`,
    label: "the second one",
    related: [{ span: at.first, message: "the first one" }, ...at.related],
  }),
);

/** What is wrong with a layer name, or undefined. */
export function layerNameProblem(name: string): string | undefined {
  if (name === "") return "the name is empty";
  if (name.includes("/")) return "'/' separates the parts of a weight's path";
  if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(name)) return "it contains a control character";
  if (name === "__proto__") return "JavaScript has a meaning of its own for that property";
  if (name.length > 200) return "it is longer than 200 characters";
  return undefined;
}
