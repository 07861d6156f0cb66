import type { Model } from "../check/model.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { Cases, CasesFile } from "./cases.ts";

export const casesUnknownModel = defineDiagnostic(
  "cases-unknown-model",
  "error",
  "A model to be tested is not in the model file.",
  (at: { file: string; where: string; model: string; known: readonly string[] }) => ({
    message: `${at.where} names the model '${at.model}', which '${at.file}' does not have`,
    ...didYouMean(at.model, at.known),
  }),
  () => ({
    meaning: "The cases file, or --model, names a model that the model file does not declare.",
    example: {
      kind: "command",
      text: "layerc verify digits.layers --against cases.json --model Digit",
      arguments: { file: "digits.layers", where: "--model", model: "Digit", known: ["Digits"] },
      mended: "layerc verify digits.layers --against cases.json --model Digits",
    },
  }),
);

export const casesModelUnclear = defineDiagnostic(
  "cases-model-unclear",
  "error",
  "A model file has several models side by side, and a cases file does not say which it is for.",
  (at: { file: string; path: string; known: readonly string[] }) => ({
    message: `'${at.file}' has the models ${at.known.join(", ")}, and '${at.path}' does not say which it is for`,
    help: `choose one with --model, or write { "models": { "${at.known[0]}": { "inputs": ..., "outputs": ... } } }`,
  }),
  () => ({
    meaning: "The file has several models that don't contain one another, so the cases could be for any of them.",
    example: {
      kind: "command",
      text: "layerc verify models.layers --against cases.json",
      arguments: { file: "models.layers", path: "cases.json", known: ["Digits", "Letters"] },
      mended: "layerc verify models.layers --against cases.json --model Digits",
    },
  }),
);

export const casesNoModel = defineDiagnostic(
  "cases-no-model",
  "error",
  "A model file without models is to be tested.",
  (at: { file: string; path: string }) => ({
    message: `'${at.file}' has no model to run the cases of '${at.path}' on`,
  }),
  () => ({
    meaning: "The model file has blocks, lets or dims for others to import, but no model that could be run.",
    example: {
      kind: "command",
      text: "layerc verify blocks.layers --against cases.json",
      arguments: { file: "blocks.layers", path: "cases.json" },
      mended: "layerc verify digits.layers --against cases.json",
    },
  }),
);

/** A model with the cases for it. */
export interface ChosenModel {
  readonly model: Model;
  readonly cases: Cases;
}

/** The models that no other one nests: an imported model of nested ones is one of these. */
function outermost(models: readonly Model[]): readonly Model[] {
  const nested = new Set(
    models.flatMap(({ layers }) => layers.flatMap((layer) => (layer.kind === "nested" ? [layer.model.name] : []))),
  );
  return models.filter(({ name }) => !nested.has(name));
}

/** Pairs cases with the models of a file, by themselves with the one that no other nests; `only` is what `--model` names. */
export function chooseModels(
  models: readonly Model[],
  casesFile: CasesFile,
  at: { readonly file: string; readonly path: string; readonly only?: string },
): { readonly value: readonly ChosenModel[]; readonly diagnostics: readonly Diagnostic[] } {
  const known = models.map(({ name }) => name);
  const wrong = (diagnostic: Diagnostic) => ({ value: [], diagnostics: [diagnostic] });
  const unknown = (model: string, where: string): Diagnostic =>
    casesUnknownModel(undefined, { file: at.file, where, model, known });
  if (models.length === 0) return wrong(casesNoModel(undefined, at));
  if (at.only !== undefined && !known.includes(at.only)) return wrong(unknown(at.only, "--model"));

  if (casesFile.kind === "one") {
    const [first, ...others] =
      at.only === undefined ? outermost(models) : models.filter(({ name }) => name === at.only);
    if (first === undefined || others.length > 0) return wrong(casesModelUnclear(undefined, { ...at, known }));
    return { value: [{ model: first, cases: casesFile.cases }], diagnostics: [] };
  }
  const missing = [...casesFile.models.keys()].filter((name) => !known.includes(name));
  if (missing.length > 0) {
    return { value: [], diagnostics: missing.map((name) => unknown(name, `'${at.path}'`)) };
  }
  if (at.only !== undefined && !casesFile.models.has(at.only)) {
    return wrong(casesNoModel(undefined, { file: at.only, path: at.path }));
  }
  const value = models.flatMap((model) => {
    const cases = at.only === undefined || at.only === model.name ? casesFile.models.get(model.name) : undefined;
    return cases === undefined ? [] : [{ model, cases }];
  });
  return value.length === 0 ? wrong(casesNoModel(undefined, at)) : { value, diagnostics: [] };
}
