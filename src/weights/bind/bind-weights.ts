import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Checked, Diagnostic, RelatedPlace, Span } from "../../diagnostics/diagnostic.ts";
import type { Model, ModelLayer } from "../../check/model.ts";
import { weightKey, type WeightArrays } from "../../ir/weight-arrays.ts";
import type { WeightFile } from "../weight-file.ts";
import { bindContainer } from "./bind-container.ts";
import { describeLayer } from "./describe.ts";
import { hasWeights, modelsWithin } from "./nested-models.ts";
import { weightStrays } from "./strays.ts";
import { unwrapRoot } from "./unwrap-root.ts";

export const weightsBoundTwice = defineDiagnostic(
  "weights-bound-twice",
  "error",
  "A model with a weights clause nests a model with a clause of its own.",
  (at: { model: string; nested: string; related: readonly RelatedPlace[] }) => ({
    message: `The weights of '${at.nested}' are bound twice: by its own clause and by that of '${at.model}'`,
    help: "remove one of the two clauses",
    related: at.related,
  }),
  () => ({
    meaning:
      "A weights clause binds everything in its model, nested models included, wherever those are declared. A nested model with a clause of its own would get its arrays from two files.",
    example: {
      kind: "situation",
      text: 'Digits has weights "./digits.keras" and uses the model Encoder, which has weights "./encoder.keras".',
      arguments: { model: "Digits", nested: "Encoder", related: [] },
      mended: "Only Digits has a weights clause.",
    },
  }),
);

export const weightsPartial = defineDiagnostic(
  "weights-partial",
  "error",
  "A model without a weights clause nests models of which only some have one.",
  (at: { model: string; unbound: string; related: readonly RelatedPlace[] }) => ({
    message: `Only a part of the model '${at.model}' has weights bound: ${at.unbound} has none`,
    help: `give '${at.model}' a weights clause for everything in it, or a clause to none of its parts`,
    related: at.related,
  }),
  () => ({
    meaning:
      "Either all of a model's weights are bound when it is compiled, or its caller gives all of them. Of the models nested in this one only some have a weights clause.",
    example: {
      kind: "situation",
      text: "Digits has no weights clause; it uses Encoder, which has one, and a layer head, which then has no weights.",
      arguments: { model: "Digits", unbound: "Dense 'head'", related: [] },
      mended: "Digits has the weights clause, for everything in it.",
    },
  }),
);

/**
 * The arrays of a model with everything nested in it: from its own `weights` clause, or from those of the models it
 * nests. `fileOf` gives the file of a clause, `undefined` where it can't be read. The value is `undefined` for a model
 * without bound weights, and where something is wrong.
 */
export function bindWeights(
  model: Model,
  fileOf: (owner: Model) => WeightFile | undefined,
): Checked<WeightArrays | undefined> {
  const diagnostics: Diagnostic[] = [];
  const arrays = new Map<string, Float32Array>();
  let complete = true;
  const report = (diagnostic: Diagnostic): void => {
    diagnostics.push(diagnostic);
    if (diagnostic.severity === "error") complete = false;
  };

  /** The layers with weights that no clause covers. */
  const bind = (current: Model, path: readonly string[]): readonly ModelLayer[] => {
    if (current.weights === undefined) {
      return current.layers
        .filter(hasWeights)
        .flatMap((layer) => (layer.kind === "nested" ? bind(layer.model, [...path, layer.name]) : [layer]));
    }
    const { span, path: written } = current.weights;
    reportInnerClauses(current, span, report);
    const file = fileOf(current);
    if (file === undefined) {
      complete = false;
      return [];
    }
    const { strays } = file.root;
    if (strays !== undefined) report(weightStrays(span, { path: written, strays }));
    const own = new Map<string, Float32Array>();
    bindContainer(current, unwrapRoot(current, file), [], own, { span, path: written, format: file.format }, report);
    for (const [key, data] of own) arrays.set(path.length === 0 ? key : `${weightKey(path)}/${key}`, data);
    return [];
  };

  const clause = [...modelsWithin(model)].find((inner) => inner.weights !== undefined)?.weights?.span;
  if (clause === undefined) return { value: undefined, diagnostics };
  const unbound = bind(model, []);
  const [first] = unbound;
  if (first !== undefined) {
    const related = [{ span: first.span, message: `'${first.name}' is declared here` }];
    report(weightsPartial(clause, { model: model.name, unbound: describeLayer(first), related }));
  }
  return { value: complete ? arrays : undefined, diagnostics };
}

function reportInnerClauses(outer: Model, span: Span, report: (diagnostic: Diagnostic) => void): void {
  for (const inner of modelsWithin(outer)) {
    if (inner === outer || inner.weights === undefined) continue;
    const related = [{ span, message: `the clause of '${outer.name}'` }];
    report(weightsBoundTwice(inner.weights.span, { model: outer.name, nested: inner.name, related }));
  }
}
