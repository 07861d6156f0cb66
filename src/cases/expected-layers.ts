import type { Model, ModelLayer } from "../check/model.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { CaseArray, Cases, ListedLayer } from "./cases.ts";
import { batchShape, casesShape, fits, type FittedCases } from "./fit-cases.ts";

export const casesUnknownLayer = defineDiagnostic(
  "cases-unknown-layer",
  "error",
  "A cases file has outputs for a layer that the model lacks.",
  (at: { path: string; model: string; layer: string; known: readonly string[] }) => ({
    message: `'${at.path}' has outputs for the layer '${at.layer}', which ${at.model} does not have`,
    ...didYouMean(at.layer, at.known),
  }),
  () => ({
    meaning:
      "The cases file has expected values for the output of a layer, by its name, and the model has no layer of that name.",
    example: {
      kind: "situation",
      text: "cases.json has outputs for a layer hiden; the model calls it hidden.",
      arguments: { path: "cases.json", model: "Digits", layer: "hiden", known: ["hidden", "out"] },
      mended: "cases.json calls it hidden.",
    },
  }),
);

/** A layer with the outputs that a cases file expects of it. */
export interface ExpectedLayer {
  readonly path: readonly string[];
  readonly layer: ModelLayer;
  /** `[samples, ...shape]`; fewer samples than the inputs have are the first ones. */
  readonly outputs: CaseArray;
}

/** A layer of a model with its path; nested models come after their layers, as they are computed. */
interface PlacedLayer {
  readonly path: readonly string[];
  readonly layer: ModelLayer;
}

/**
 * Finds the layers that a cases file has outputs for, in the order of the model, and holds the shapes against it. Layers
 * that Keras lists are paired container by container: in order if there are as many, else by name.
 */
export function expectedLayers(
  model: Model,
  cases: Cases,
  fitted: FittedCases,
  path: string,
): { readonly value: readonly ExpectedLayer[]; readonly diagnostics: readonly Diagnostic[] } {
  const placed = placeLayers(model, []);
  const outputs = cases.layers.kind === "by-path" ? cases.layers.outputs : listedOutputs(model, cases.layers.layers);
  const known = new Set(placed.map((item) => item.path.join("/")));
  const diagnostics: Diagnostic[] = [...outputs.keys()]
    .filter((layer) => !known.has(layer))
    .map((layer) => casesUnknownLayer(model.nameSpan, { path, model: model.name, layer, known: [...known] }));

  const value: ExpectedLayer[] = [];
  for (const item of placed) {
    const array = outputs.get(item.path.join("/"));
    if (array === undefined) continue;
    const samples = array.shape[0] ?? 0;
    if (samples >= 1 && samples <= fitted.samples && fits(array, samples, item.layer.outputShape, fitted.dims)) {
      value.push({ ...item, outputs: array });
      continue;
    }
    diagnostics.push(
      casesShape(item.layer.span, {
        path,
        model: `layer '${item.path.join("/")}'`,
        array,
        expected: batchShape(item.layer.outputShape),
        why: `n is at most ${fitted.samples}, as many as inputs has samples`,
      }),
    );
  }
  return { value, diagnostics };
}

function placeLayers(model: Model, path: readonly string[]): readonly PlacedLayer[] {
  return model.layers.flatMap((layer) => {
    const own = { path: [...path, layer.name], layer };
    return layer.kind === "nested" ? [...placeLayers(layer.model, own.path), own] : [own];
  });
}

function listedOutputs(model: Model, layers: readonly ListedLayer[]): ReadonlyMap<string, CaseArray> {
  const outputs = new Map<string, CaseArray>();
  const visit = (container: Model, listed: readonly ListedLayer[], path: readonly string[]): void => {
    const inOrder = container.layers.length === listed.length;
    for (const [position, item] of listed.entries()) {
      const layer = inOrder ? container.layers[position] : container.layers.find(({ name }) => name === item.name);
      if (layer === undefined) continue;
      const layerPath = [...path, layer.name];
      if (item.outputs !== undefined) outputs.set(layerPath.join("/"), item.outputs);
      if (layer.kind === "nested") visit(layer.model, item.layers, layerPath);
    }
  };
  visit(model, layers, []);
  return outputs;
}
