import { readFileSync } from "node:fs";
import { unzipSync } from "fflate";
import type { Activation, ActivationArguments } from "../../src/activations/definition.ts";
import { findActivation } from "../../src/activations/index.ts";
import type { LayerInstance, Model, ModelLayer, NestedModel } from "../../src/check/model.ts";
import { staticSize } from "../../src/ir/size.ts";
import type { Shape } from "../../src/ir/shape.ts";
import { findLayer } from "../../src/layers/index.ts";
import type { ConfigValue, LayerConfig, LayerDefinition } from "../../src/layers/definition.ts";
import type { Host } from "../../src/load/host.ts";
import { loadWeights, type LoadedWeights } from "../../src/weights/load-weights.ts";

export const fixtures = new URL("../fixtures/", import.meta.url);
export const modelFixtures = new URL("keras/models/", fixtures);

export function fixture(path: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(path, fixtures)));
}

export const span = (start: number) => ({ file: "model.layers", start, end: start + 1 });
export const clauseSpan = span(1000);
export const pathSpan = span(1008);

export function shape(...axes: readonly number[]): Shape {
  return axes.map(staticSize);
}

export function activation(name: string, args: ActivationArguments = {}): Activation {
  const definition = findActivation(name);
  if (definition === undefined) throw new Error(`no activation ${name}`);
  const defaults = Object.fromEntries(
    definition.parameters.map((parameter) => [parameter.name, parameter.default ?? null]),
  );
  return { kind: "activation", definition, args: { ...defaults, ...args } };
}

/** The definition of a class, or one of a class that the language lacks, which is never built or lowered here. */
function definition(className: string): LayerDefinition {
  const known = findLayer(className);
  if (known !== undefined) return known;
  const unused = (): never => {
    throw new Error("not used by the binder");
  };
  return { className, doc: "", parameters: [], build: unused, lower: unused };
}

let nextSpan = 0;

export function layer(
  className: string,
  name: string,
  options: {
    readonly named?: boolean;
    readonly config?: LayerConfig;
    readonly input?: Shape;
    readonly output?: Shape;
    readonly weights?: readonly (readonly [string, readonly number[]])[];
  } = {},
): LayerInstance {
  return {
    kind: "layer",
    name,
    named: options.named ?? false,
    trainable: true,
    inputShape: options.input ?? shape(1),
    outputShape: options.output ?? options.input ?? shape(1),
    span: span(nextSpan++),
    definition: definition(className),
    config: options.config ?? {},
    weights: (options.weights ?? []).map(([weight, size]) => ({ name: weight, shape: size, trainable: true })),
  };
}

export function dense(
  name: string,
  inputs: number,
  units: number,
  options: { readonly named?: boolean; readonly activation?: Activation; readonly bias?: boolean } = {},
): LayerInstance {
  const bias = options.bias ?? true;
  return layer("Dense", name, {
    named: options.named ?? false,
    input: shape(inputs),
    output: shape(units),
    config: { units, activation: options.activation ?? activation("linear"), use_bias: bias },
    weights: [["kernel", [inputs, units]], ...(bias ? [["bias", [units]] as const] : [])],
  });
}

export function model(name: string, layers: readonly ModelLayer[], weights?: string): Model {
  const first = layers[0];
  const last = layers.at(-1);
  return {
    kind: "model",
    name,
    exportName: name.toLowerCase(),
    file: "model.layers",
    nameSpan: span(900),
    inputShape: first?.inputShape ?? [],
    inputSpan: span(901),
    outputShape: last?.outputShape ?? [],
    dims: [],
    layers,
    ...(weights === undefined ? {} : { weights: { path: weights, span: clauseSpan, pathSpan } }),
  };
}

export function nested(name: string, inner: Model, named = false): NestedModel {
  const { inputShape, outputShape } = inner;
  return {
    kind: "nested",
    name,
    named,
    trainable: true,
    inputShape,
    outputShape,
    span: span(nextSpan++),
    model: inner,
  };
}

/** A host over a map of files, with paths as they are; counts reads. */
export function memoryHost(files: Readonly<Record<string, Uint8Array>>): Host & { readonly reads: string[] } {
  const reads: string[] = [];
  return {
    reads,
    resolve: (_from, relative) => relative,
    readText: async () => ({ ok: false, reason: "no text here" }),
    async readBytes(path) {
      reads.push(path);
      const content = Object.hasOwn(files, path) ? files[path] : undefined;
      return content === undefined ? { ok: false, reason: "no such file" } : { ok: true, content };
    },
  };
}

/** Loads one file for one model whose clause names it. */
export async function bind(layers: readonly ModelLayer[], path: string, bytes: Uint8Array): Promise<BoundModel> {
  const bound = model("Net", layers, path);
  const result = await loadWeights([bound], memoryHost({ [path]: bytes }));
  return { ...result, own: result.arrays.get(bound), codes: result.diagnostics.map((diagnostic) => diagnostic.code) };
}

export interface BoundModel extends LoadedWeights {
  readonly own: ReadonlyMap<string, Float32Array> | undefined;
  readonly codes: readonly string[];
}

interface CaseLayer {
  readonly name: string;
  readonly class_name: string;
  readonly input_shape: readonly (number | null)[];
  readonly output_shape: readonly (number | null)[];
  readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly layers?: readonly CaseLayer[];
}

interface ConfigLayer {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>> & {
    readonly name?: string;
    readonly layers?: readonly ConfigLayer[];
  };
}

export interface Case {
  readonly files: Readonly<Record<string, string>>;
  readonly layers: readonly CaseLayer[];
  readonly keras_config: ConfigLayer;
}

export function readCase(name: string): Case {
  return JSON.parse(new TextDecoder().decode(fixture(`keras/models/${name}/case.json`))) as Case;
}

/** The model a Layers file for the case would declare. */
export function caseModel(name: string, weights: string): Model {
  const { layers, keras_config } = readCase(name);
  return model("Net", caseLayers(layers, keras_config), weights);
}

function caseLayers(layers: readonly CaseLayer[], config: ConfigLayer): readonly ModelLayer[] {
  const configs = new Map((config.config.layers ?? []).map((item) => [item.config.name, item]));
  return layers.map((item): ModelLayer => {
    const own = configs.get(item.name);
    if (own === undefined) throw new Error(`no configuration of ${item.name}`);
    const named = !/^(dense|dropout|flatten|reshape|activation|rescaling)(_\d+)?$/.test(item.name);
    if (item.layers !== undefined) return nested(item.name, model(item.name, caseLayers(item.layers, own)), named);
    const withActivation =
      typeof own.config["activation"] === "string" ? { activation: activation(own.config["activation"]) } : {};
    return layer(item.class_name, item.name, {
      named,
      input: staticShape(item.input_shape),
      output: staticShape(item.output_shape),
      config: { ...(own.config as Readonly<Record<string, ConfigValue>>), ...withActivation },
      weights: item.weights.map((weight) => [weight.name, weight.shape]),
    });
  });
}

function staticShape(axes: readonly (number | null)[]): Shape {
  return shape(...axes.slice(1).map((axis) => axis ?? 1));
}

/** An `.npz` file by hand, as an account of the arrays that none of the readers takes part in. */
export function readNpz(bytes: Uint8Array): ReadonlyMap<string, Float32Array> {
  const arrays = new Map<string, Float32Array>();
  for (const [name, content] of Object.entries(unzipSync(bytes))) {
    const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
    const start = 10 + view.getUint16(8, true);
    const header = new TextDecoder().decode(content.subarray(10, start));
    const size = header.includes("<f8") ? 8 : 4;
    const values = Float32Array.from({ length: (content.length - start) / size }, (_, index) =>
      size === 8 ? view.getFloat64(start + 8 * index, true) : view.getFloat32(start + 4 * index, true),
    );
    arrays.set(name.replace(/\.npy$/, ""), values);
  }
  return arrays;
}
