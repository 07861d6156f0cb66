import type { LayerInstance, Model, ModelLayer, NestedModel } from "../check/model.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import { formatShape } from "../ir/shape.ts";
import type { ConfigValue } from "../layers/definition.ts";
import { layerTraits } from "../lower/describe-layer.ts";
import { countLayerParameters, countParameters } from "../summary/count-parameters.ts";
import { boundItems } from "./bound-items.ts";
import type { Diagram, DiagramItem, LayerItem, Place } from "./diagram.ts";
import { foldRuns } from "./fold-runs.ts";

export interface DiagramOptions {
  /** Draws the layers of nested models, in a box around them. Default true. */
  readonly expandNested?: boolean;
  /** How many layers are drawn at most of a model; in longer ones the middle is left out. Default 100. */
  readonly maxLayers?: number;
}

/** Models within models beyond this are not looked into: their frames would take all the width. */
const deepest = 6;

/** What a drawing shows of a model. */
export function modelDiagram(model: Model, { expandNested = true, maxLayers = 100 }: DiagramOptions = {}): Diagram {
  const { name, doc, labels, nameSpan, inputShape, outputShape } = model;
  const items = itemsOf(model.layers, [], { file: model.file, depth: expandNested ? deepest : 0 });
  return {
    name,
    ...(doc === undefined ? {} : { doc }),
    ...(labels === undefined ? {} : { labels }),
    place: offsets(nameSpan),
    inputShape,
    outputShape,
    parameters: countParameters(model).total,
    items: boundItems(items, Math.max(1, maxLayers)),
  };
}

/** Where in a drawing layers are. */
interface Surroundings {
  /** The file of the drawn model. */
  readonly file: string;
  /** How many models within one another may still be drawn. */
  readonly depth: number;
  /** The statement that stands for all in here, where that is of another file. */
  readonly place?: Place;
}

function itemsOf(
  layers: readonly ModelLayer[],
  path: readonly string[],
  surroundings: Surroundings,
): readonly DiagramItem[] {
  return foldRuns(layers.map((layer) => itemOf(layer, [...path, layer.name], surroundings)));
}

function itemOf(layer: ModelLayer, path: readonly string[], surroundings: Surroundings): DiagramItem {
  const places = placesOf(layer, surroundings);
  const { inputShape, outputShape } = layer;
  const base = { path, inputShape, outputShape, parameters: countLayerParameters(layer).total, ...places };
  if (layer.kind === "layer") {
    return { ...base, kind: "layer", layers: 1, ...layerTraits(layer), key: keyOf(layer) };
  }
  const { file, depth } = surroundings;
  const { model } = layer;
  const nested = { ...base, layers: countLayers(model), type: `model ${model.name}`, notes: [], key: nestedKey(layer) };
  if (depth === 0) return { ...nested, kind: "layer" };
  const isElsewhere = surroundings.place !== undefined || model.file !== file;
  const inner = { file, depth: depth - 1, ...(isElsewhere ? { place: places.place } : {}) };
  return { ...nested, kind: "nested", items: itemsOf(model.layers, path, inner) };
}

/** Places in the drawn model's file only: of a statement of another one, the statement here that leads there. */
function placesOf({ span, use }: ModelLayer, { file, place }: Surroundings): Pick<LayerItem, "place" | "use"> {
  if (place !== undefined) return { place };
  if (span.file !== file) return { place: offsets(use ?? span) };
  return { place: offsets(span), ...(use === undefined ? {} : { use: offsets(use) }) };
}

function offsets({ start, end }: Span): Place {
  return { start, end };
}

function countLayers({ layers }: Model): number {
  return layers.reduce((sum, layer) => sum + (layer.kind === "nested" ? countLayers(layer.model) : 1), 0);
}

/** Class, shapes and arguments, as far as they act in the forward function. */
function keyOf({ definition, config, inputShape, outputShape }: LayerInstance): string {
  const training = new Set(
    definition.parameters.flatMap(({ name, trainingOnly }) => (trainingOnly === true ? [name] : [])),
  );
  const args = Object.entries(config).filter(([name]) => !training.has(name));
  return JSON.stringify([
    definition.className,
    formatShape(inputShape),
    formatShape(outputShape),
    args.map(([name, value]) => [name, plain(value)]),
  ]);
}

function nestedKey({ model, inputShape }: NestedModel): string {
  return JSON.stringify(["model", model.file, model.name, formatShape(inputShape)]);
}

/** An argument as something that JSON tells from all others. */
function plain(value: ConfigValue): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (!("kind" in value)) return value.map(plain);
  const [name, args] =
    value.kind === "activation"
      ? [value.definition.name, value.args]
      : value.kind === "layer"
        ? [value.definition.className, value.config]
        : [value.identifier, value.config];
  return { kind: value.kind, name, args: Object.entries(args).map(([key, arg]) => [key, plain(arg)]) };
}
