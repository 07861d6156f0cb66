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
  () => ({
    meaning:
      "The names of layers are parts of the paths of weights, joined with '/' or '.', and keys of objects in the generated code. So they are not empty and have no '/' and no control characters.",
    example: {
      kind: "source",
      source: 'model M { input [4] "block/out": Dense(3) }',
      mended: 'model M { input [4] "block-out": Dense(3) }',
    },
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
  () => ({
    meaning:
      "Weights are found by the names of layers, so a name is written once in a model. In repeats a name gets _1, _2, ... by itself.",
    example: {
      kind: "source",
      source: "model M { input [4] hidden: Dense(8) hidden: Dense(3) }",
      mended: "model M { input [4] hidden: Dense(8) out: Dense(3) }",
    },
  }),
);

export const sameArrayName = defineDiagnostic(
  "same-array-name",
  "error",
  "Two arrays of a model have the same name where weights are stored.",
  (at: { name: string; first: Span }) => ({
    message: `Two arrays of this model are called '${shorten(at.name)}' in files of weights`,
    help: "name this layer without '.'",
    related: [{ span: at.first, message: "the other one is of this layer" }],
  }),
  () => ({
    meaning:
      "Stored weights are named after their layers, with '.' between a nested model, its layer and the weight. Where the name of a layer has a '.' itself, two arrays may come to the same name, and a file would keep one of them.",
    example: {
      kind: "source",
      source: 'model N { input [4] b: Dense(4) } model M { input [4] a: N "a.b": Dense(4) }',
      mended: 'model N { input [4] b: Dense(4) } model M { input [4] a: N "a-b": Dense(4) }',
    },
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
