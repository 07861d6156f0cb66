import { counted } from "../../diagnostics/counted.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Diagnostic, RelatedPlace } from "../../diagnostics/diagnostic.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { LayerInstance, Model, ModelLayer } from "../../check/model.ts";
import { weightKey } from "../../ir/weight-arrays.ts";
import { readLayer } from "../../keras/read-layer.ts";
import { toSnakeCase } from "../../layers/snake-case.ts";
import { shorten } from "../../files/shorten.ts";
import type { WeightArray } from "../../files/weight-array.ts";
import type { WeightContainer, WeightEntry, WeightLayer } from "../weight-file.ts";
import { hasArrays } from "../weight-file.ts";
import { bindArrays } from "./bind-arrays.ts";
import { compareConfig } from "./compare-config.ts";
import { compareForward } from "./compare-forward.ts";
import { describeEntry, describeLayer, listAll } from "./describe.ts";
import { hasWeights } from "./nested-models.ts";
import { pairLayers, type Pair } from "./pair-layers.ts";
import { atLayer, type BindPlace } from "./place.ts";

export const weightLayerCount = defineDiagnostic(
  "weight-layer-count",
  "error",
  "A weight file has another number of layers with weights than the model.",
  (at: {
    model: string;
    layers: readonly string[];
    entries: readonly string[];
    where: string;
    part?: string | undefined;
    related: readonly RelatedPlace[];
  }) => ({
    message:
      `The model '${at.model}' has ${counted(at.layers.length, "layer")} with weights (${listAll(at.layers)}), ` +
      `${at.where} has ${counted(at.entries.length, "layer")} (${listAll(at.entries)})`,
    ...(at.part === undefined ? {} : { help: at.part }),
    related: at.related,
  }),
  () => ({
    meaning:
      "If the names of layers don't tell which array belongs where, they are bound in order, so model and file need the same number of layers with weights. The message lists both.",
    example: {
      kind: "situation",
      text: "The model has the layers hidden and out; the file was saved from a model with three Dense layers.",
      arguments: {
        model: "Digits",
        layers: ["hidden", "out"],
        entries: ["dense", "dense_1", "dense_2"],
        where: "'digits.keras'",
        related: [],
      },
      mended: "The model gets the layer that it lacks.",
    },
  }),
);

export const weightLayerMissing = defineDiagnostic(
  "weight-layer-missing",
  "error",
  "A weight file has no layer that fits a layer of the model.",
  (at: {
    layer: string;
    left: readonly string[];
    suggestion: string | undefined;
    part?: string | undefined;
    related: readonly RelatedPlace[];
  }) => ({
    message: `The file has no weights for ${at.layer}; it has ${listAll(at.left)}`,
    related: at.related,
    help:
      at.suggestion === undefined
        ? (at.part ??
          "the file does not say in which order its layers come: give those of the model its names (name: Dense(...))")
        : `did you mean '${at.suggestion}'?`,
  }),
  () => ({
    meaning:
      "The file does not keep the order of its layers, so they are found by their names, and none fits this layer of the model.",
    example: {
      kind: "situation",
      text: "The model names its layer hidden; the arrays of digits.safetensors are called hiden.kernel and hiden.bias.",
      arguments: { layer: "Dense 'hidden'", left: ["hiden"], suggestion: "hiden", related: [] },
      mended: "The layer of the model has the name that the file has: hiden: Dense(32).",
    },
  }),
);

export const weightClassMismatch = defineDiagnostic(
  "weight-class-mismatch",
  "error",
  "A layer of a weight file is of another class than the layer of the model.",
  (at: { layer: string; entry: string; source: string; related: readonly RelatedPlace[] }) => ({
    message: `${at.layer} can't take the weights of the file's ${at.entry} ('${shorten(at.source)}'), a layer of another class`,
    related: at.related,
  }),
  () => ({
    meaning:
      "The layer of the file that comes at this place, or has this name, is of another class than that of the model, so its arrays mean something else.",
    example: {
      kind: "situation",
      text: "The model has a Dense where the file has a BatchNormalization.",
      arguments: {
        layer: "Dense 'hidden'",
        entry: "BatchNormalization 'hidden'",
        source: "layers/hidden",
        related: [],
      },
      mended: "The model has the layers of the file, in its order.",
    },
  }),
);

export const weightModelBranched = defineDiagnostic(
  "weight-model-branched",
  "error",
  "The model in a weight file is no plain sequence of layers.",
  (at: { entry: string }) => ({
    message: `The file's ${at.entry} is not a plain sequence of layers, and only sequences can be bound`,
  }),
  () => ({
    meaning:
      "The language describes sequences of layers. The model in the file has several inputs or outputs, or layers with more than one input.",
    example: {
      kind: "situation",
      text: "digits.keras holds a functional model with a residual connection.",
      arguments: { entry: "model 'digits'" },
      mended: "A Sequential of the part that is a chain is saved in Keras.",
    },
  }),
);

/** Binds one container to one model, and what is nested in both; adds to `arrays` under `path`. */
export function bindContainer(
  model: Model,
  container: WeightContainer,
  path: readonly string[],
  arrays: Map<string, Float32Array>,
  place: BindPlace,
  report: (diagnostic: Diagnostic) => void,
): void {
  if (container.branched) {
    report(weightModelBranched(place.span, { entry: describeEntry(container) }));
    return;
  }
  const pairing = pairLayers(model, container, place.format);
  switch (pairing.kind) {
    case "count": {
      const where = path.length === 0 ? "the file" : `the file's ${describeEntry(container)}`;
      const related = [{ span: model.nameSpan, message: `'${model.name}' is declared here` }];
      const args = { layers: pairing.layers.map(describeLayer), entries: pairing.entries.map(describeEntry) };
      const part = path.length === 0 ? helpWithPart(model, pairing.entries, place) : undefined;
      report(weightLayerCount(place.span, { model: model.name, ...args, where, part, related }));
      return;
    }
    case "unmatched": {
      const { layers, left } = pairing;
      const names = left.map((entry) => entry.name);
      // By name all layers pair or none does: a name that is there is not what is wrong.
      const unknown = layers.filter(({ name }) => !names.includes(name));
      const missing = (unknown.length > 0 ? unknown : layers).map((layer) => ({
        layer,
        suggestion: suggest(layer.name, names),
      }));
      // Names like nothing in the file have one cause, each that is like one its own.
      const strange = missing.find(({ suggestion }) => suggestion === undefined);
      for (const { layer, suggestion } of missing) {
        if (suggestion === undefined && layer !== strange?.layer) continue;
        const part = path.length === 0 ? helpWithPart(model, left, place) : undefined;
        const args = { layer: describeLayer(layer), left: left.map(describeEntry), suggestion, part };
        const { span, related } = atLayer(layer, place);
        report(weightLayerMissing(span, { ...args, related }));
      }
      return;
    }
    case "paired": {
      const help = bindOrderHelp(model.layers, container, pairing.pairs);
      const fits = pairing.pairs.map((pair) => bindPair(pair, path, arrays, place, help, report));
      // A pair of different classes is one cause, and makes the stretches around it differ as well.
      if (container.keras !== undefined && fits.every(Boolean))
        compareForward(model, container, pairing.pairs, place, report);
    }
  }
}

/** How a part of the file is bound, where its entries are models of their own and the model is none of several. */
function helpWithPart(model: Model, entries: readonly WeightEntry[], { path }: BindPlace): string | undefined {
  const inner = entries.find((entry) => entry.kind === "container");
  if (inner === undefined || model.layers.some(({ kind }) => kind !== "layer")) return undefined;
  return `a part of the file is bound by: weights "${shorten(path)}" prefix "${shorten(inner.name)}."`;
}

/** Whether both sides are of one kind; whatever else is wrong has been reported then. */
function bindPair(
  { layer, entry: found }: Pair,
  path: readonly string[],
  arrays: Map<string, Float32Array>,
  place: BindPlace,
  help: string | undefined,
  report: (diagnostic: Diagnostic) => void,
): boolean {
  const entry = layer.kind === "layer" ? wrappedEntry(layer, found) : found;
  if (layer.kind === "nested" && entry.kind === "container") {
    bindContainer(layer.model, entry, [...path, layer.name], arrays, place, report);
    return true;
  }
  if (layer.kind === "nested" || entry.kind === "container" || !sameClass(layer, entry, place)) {
    const args = { layer: describeLayer(layer), entry: describeEntry(entry), source: entry.source };
    const { span, related } = atLayer(layer, place);
    report(weightClassMismatch(span, { ...args, related }));
    return false;
  }
  const bound = bindArrays(layer, entry, place, help, report);
  if (bound === undefined) return true;
  for (const [name, data] of bound) arrays.set(weightKey([...path, layer.name, name]), data);
  compareConfig(layer, entry, place, report);
  return true;
}

/** In files that know names only, a wrapper with its layer (`time_distributed/dense/kernel`) looks like a nested model. */
function wrappedEntry(layer: LayerInstance, entry: WeightEntry): WeightEntry {
  if (entry.kind === "layer" || entry.keras !== undefined) return entry;
  if (!layer.weights.some(({ name }) => name.includes("/"))) return entry;
  const arrays = entry.entries.flatMap(arraysOfWrapped);
  const { name, classNumber, source } = entry;
  return { kind: "layer", name, ...(classNumber === undefined ? {} : { classNumber }), arrays, source };
}

/** The arrays of a layer in a wrapper, which may wrap another wrapper. */
function arraysOfWrapped(inner: WeightEntry): readonly WeightArray[] {
  const arrays = inner.kind === "layer" ? inner.arrays : inner.entries.flatMap(arraysOfWrapped);
  return arrays.map((array) => ({ ...array, name: `${inner.name}/${array.name ?? ""}` }));
}

function sameClass(layer: LayerInstance, entry: WeightLayer, place: BindPlace): boolean {
  const { className } = layer.definition;
  if (entry.keras !== undefined) {
    const read = readLayer(entry.keras);
    return read.kind === "layer" && read.definition.className === className;
  }
  // The keys of safetensors files are names, those of `.weights.h5` files are classes.
  const { classNumber } = entry;
  return place.format !== "keras-weights" || classNumber === undefined || classNumber.base === toSnakeCase(className);
}

/** Says why a named layer did not bind by its name. */
function bindOrderHelp(
  layers: readonly ModelLayer[],
  container: WeightContainer,
  pairs: readonly Pair[],
): string | undefined {
  const names = container.entries.filter((entry: WeightEntry) => hasArrays(entry)).map((entry) => entry.name);
  const missing = layers.find((layer) => layer.named && hasWeights(layer) && !names.includes(layer.name));
  if (missing === undefined || pairs.every(({ layer, entry }) => layer.name === entry.name)) return undefined;
  const suggestion = suggest(missing.name, names);
  const hint = suggestion === undefined ? "" : `; did you mean '${suggestion}'?`;
  return `the file has no '${missing.name}', so all layers bind in order; it has ${listAll(names.map((name) => `'${shorten(name)}'`))}${hint}`;
}
