import type { JsonObject, JsonValue } from "../files/json.ts";
import { maxDepth, maxEntries } from "../files/limits.ts";
import { fail } from "../files/read-failure.ts";
import { toSnakeCase } from "../layers/snake-case.ts";
import { convertLayer } from "./convert.ts";
import { inputArgument } from "./input-shape.ts";
import { reachable } from "./model-parts.ts";
import type { ScriptPlace, ScriptPlaces } from "./places.ts";
import type {
  FunctionalContent,
  GivenArgument,
  ScriptCompile,
  ScriptInput,
  ScriptLayer,
  ScriptModel,
  SequentialContent,
  Tensor,
} from "./values.ts";

/** A model of a script as Keras would serialize it, with the place in the script of each of its nodes. */
export interface SerializedModel {
  readonly json: JsonObject;
  readonly places: ScriptPlaces;
  /** The shape of its input, with the batch axis, where it says one. */
  readonly input: GivenArgument | undefined;
}

/**
 * Serializes a model as `to_json()` does, as far as it matters: the layers with their arguments, and what each reads. Leaves
 * with `fail` where models nest too deep, or have too many layers together.
 */
export function toConfig(model: ScriptModel): SerializedModel {
  const places = new Map<JsonObject, ScriptPlace>();
  const json = modelNode(model, model.name ?? model.variable ?? "", [], { places, depth: 0 });
  return { json, places, input: inputOf(model) };
}

/** What a serialization has come to so far. */
interface Progress {
  readonly places: Map<JsonObject, ScriptPlace>;
  /** How many models are around. */
  readonly depth: number;
}

type Source = Tensor["source"];

/** The shape that a model begins with, by its first layer, or the first layer of its first model. */
function inputOf({ content, shape }: ScriptModel, depth = 0): GivenArgument | undefined {
  const first: Source | undefined = content.kind === "sequential" ? content.items[0] : content.inputs[0]?.source;
  switch (first?.kind) {
    case "input":
      return first.shape ?? shape;
    case "layer":
      return (content.kind === "sequential" ? inputArgument(first) : undefined) ?? shape;
    case "model":
      return (depth < maxDepth ? inputOf(first, depth + 1) : undefined) ?? shape;
    case undefined:
      return shape;
  }
}

function modelNode(
  model: ScriptModel,
  name: string,
  inbound: readonly JsonValue[],
  { places, depth }: Progress,
): JsonObject {
  if (depth > maxDepth) fail("too-large", `its models nest deeper than ${maxDepth}`);
  const { content, span, shape } = model;
  const inner = { places, depth: depth + 1 };
  const built = shape?.converted.json;
  const parts = content.kind === "sequential" ? sequential(content, inner) : functional(content, inner);
  const compiled = depth === 0 ? model.compiled : undefined;
  const node: JsonObject = {
    class_name: content.kind === "sequential" ? "Sequential" : "Functional",
    module: "keras",
    config: { name, ...frozen(model), ...parts, ...(built === undefined ? {} : { build_input_shape: built }) },
    ...(inbound.length === 0 ? {} : { inbound_nodes: inbound }),
    ...(compiled === undefined ? {} : { compile_config: compileConfig(compiled) }),
  };
  const at = { span, isNamed: model.name !== undefined, arguments: placesOf(compiled?.arguments ?? []) };
  place(node, compiled === undefined ? at : { ...at, compiled: compiled.span }, places);
  return node;
}

/** What a model is compiled with, as Keras serializes it; what has no value is left out. */
function compileConfig({ arguments: args }: ScriptCompile): JsonObject {
  const entries = args.flatMap(({ name, converted }): readonly (readonly [string, JsonValue])[] =>
    converted.json === undefined ? [] : [[name, converted.json]],
  );
  return args.some(({ name }) => name === "optimizer")
    ? Object.fromEntries(entries)
    : { optimizer: "rmsprop", ...Object.fromEntries(entries) };
}

function frozen({ trainable }: ScriptModel | ScriptLayer): JsonObject {
  return trainable === undefined ? {} : { trainable };
}

function placesOf(args: readonly GivenArgument[]): ScriptPlace["arguments"] {
  return new Map(args.map(({ converted, ...argument }) => [argument.name, { ...argument, ...converted }]));
}

function place(node: JsonObject, at: ScriptPlace, places: Progress["places"]): void {
  if (places.size >= maxEntries) fail("too-large", `its models have more than ${maxEntries} layers`);
  places.set(node, at);
}

function sequential({ items }: SequentialContent, progress: Progress): JsonObject {
  const names = chooseNames(items);
  const layers = items.map((item, at) => nodeOf(item, names.get(item) as string, [], at === 0, progress));
  return { layers };
}

function functional({ inputs, outputs }: FunctionalContent, progress: Progress): JsonObject {
  const tensors = reachable(outputs, inputs);
  const starts = new Set(inputs);
  const uses = new Map<Source, Tensor[]>();
  for (const tensor of tensors) {
    // A tensor from inside another model is an input like any other.
    const source = starts.has(tensor) && tensor.source.kind !== "input" ? asInput(tensor) : tensor.source;
    const own = uses.get(source);
    if (own === undefined) uses.set(source, [tensor]);
    else own.push(tensor);
  }
  const names = chooseNames([...uses.keys()]);
  const nameOf = new Map(
    [...uses].flatMap(([source, own]) => own.map((tensor) => [tensor, names.get(source) as string])),
  );
  const layers = [...uses].map(([source, own]) => {
    const inbound = source.kind === "input" ? [] : own.map((tensor) => inboundNode(tensor, nameOf));
    return nodeOf(source, names.get(source) as string, inbound, false, progress);
  });
  const ends = outputs.map((tensor): JsonValue => [nameOf.get(tensor) ?? "", 0, 0]);
  return { layers, output_layers: ends };
}

function asInput({ span, statement }: Tensor): ScriptInput {
  return { kind: "input", name: undefined, span, statement };
}

/** What a layer reads, as Keras 3 serializes it. */
function inboundNode({ inputs }: Tensor, nameOf: ReadonlyMap<Tensor, string>): JsonValue {
  const args = inputs.map((input): JsonValue => {
    if (!("source" in input)) return input.constant;
    const history = [nameOf.get(input) ?? "", 0, 0];
    return { class_name: "__keras_tensor__", config: { shape: [], dtype: "float32", keras_history: history } };
  });
  return { args, kwargs: {} };
}

function nodeOf(
  source: Source,
  name: string,
  inbound: readonly JsonValue[],
  isFirst: boolean,
  progress: Progress,
): JsonObject {
  const { places } = progress;
  switch (source.kind) {
    case "model":
      return modelNode(source, name, inbound, progress);
    case "input": {
      const shape = source.shape?.converted.json;
      const config = { name, ...(shape === undefined ? {} : { batch_shape: shape }) };
      const node: JsonObject = { class_name: "InputLayer", module: "keras.layers", config };
      place(node, { span: source.span, isNamed: source.name !== undefined, arguments: new Map() }, places);
      return node;
    }
    case "layer":
      return layerNode(source, name, inbound, isFirst, places);
  }
}

function layerNode(
  layer: ScriptLayer,
  name: string,
  inbound: readonly JsonValue[],
  isFirst: boolean,
  places: Progress["places"],
): JsonObject {
  const { className, span, isOperation } = layer;
  const known = layer.arguments.filter(({ converted }) => converted.json !== undefined);
  const { json } = convertLayer({ ...layer, arguments: known });
  const own = isFirst ? inputArgument(layer)?.converted.json : undefined;
  const config = { ...(json as { readonly config: JsonObject }).config, ...frozen(layer), name };
  const node: JsonObject = {
    class_name: className,
    module: isOperation === true ? "keras.src.ops" : "keras.layers",
    config: own === undefined ? config : { ...config, batch_input_shape: own },
    ...(inbound.length === 0 ? {} : { inbound_nodes: inbound }),
  };
  place(node, { span, isNamed: layer.name !== undefined, arguments: placesOf(layer.arguments) }, places);
  return node;
}

/** A name for each layer: its own, or one like Keras', unlike all others. */
function chooseNames(sources: readonly Source[]): ReadonlyMap<Source, string> {
  const names = new Map<Source, string>();
  const taken = new Set(sources.map(({ name }) => name));
  const counts = new Map<string, number>();
  for (const source of sources) {
    const base = source.kind === "model" ? (source.name ?? source.variable ?? "model") : baseOf(source);
    let name = source.name;
    for (let count = counts.get(base) ?? 0; name === undefined; count++) {
      const numbered = count === 0 ? base : `${base}_${count}`;
      counts.set(base, count + 1);
      if (!taken.has(numbered)) name = numbered;
    }
    taken.add(name);
    names.set(source, name);
  }
  return names;
}

function baseOf(source: ScriptLayer | ScriptInput): string {
  return source.kind === "input" ? "input_layer" : toSnakeCase(source.className);
}
