import { readFileSync } from "node:fs";
import { findActivation } from "../../src/activations/index.ts";
import { findLayer } from "../../src/layers/index.ts";
import { layerText, text, type KerasLayer } from "../layers/keras-text.ts";

export const fixtures = new URL("../fixtures/keras/", import.meta.url);

/** An array as the fixtures write it; numbers that JSON lacks are strings. */
export interface FixtureArray {
  readonly shape: readonly number[];
  readonly dtype: "float32" | "float64";
  readonly data: readonly (number | string)[];
}

export interface KerasModel {
  readonly config: { readonly name: string; readonly layers: readonly (KerasLayer | NestedLayer)[] };
}

type NestedLayer = { readonly class_name: "Sequential" } & KerasModel;

export interface KerasCase {
  readonly name: string;
  readonly kind: string;
  readonly folder: URL;
  readonly files: Readonly<Record<string, string>>;
  readonly inputs: FixtureArray;
  readonly outputs_float64: FixtureArray;
  readonly keras_config: KerasModel;
}

export function readJson<Content>(path: string): Content {
  return JSON.parse(readFileSync(new URL(path, fixtures), "utf8")) as Content;
}

/** All recorded models and activation layers. */
export function readCases(): readonly KerasCase[] {
  const index = readJson<readonly { name: string; kind: string; path: string }[] | { cases: never }>("index.json");
  const entries = Array.isArray(index) ? index : (index as { cases: typeof index & [] }).cases;
  return (entries as readonly { name: string; kind: string; path: string }[])
    .filter(({ kind }) => kind === "models" || kind === "activation_layers")
    .map(({ kind, path }) => ({
      ...readJson<KerasCase>(path),
      kind,
      folder: new URL(".", new URL(path, fixtures)),
    }));
}

export function values(array: FixtureArray): Float64Array {
  const numbers = Float64Array.from(array.data, Number);
  return array.dtype === "float32" ? Float64Array.from(numbers, Math.fround) : numbers;
}

/** Why the language has no words for a model yet; undefined for a model it can express. */
export function missing(model: KerasModel): string | undefined {
  for (const layer of model.config.layers) {
    if (isNested(layer)) {
      const inner = missing(layer);
      if (inner !== undefined) return inner;
      continue;
    }
    const { class_name, config } = layer;
    if (class_name === "InputLayer") continue;
    if (findLayer(class_name) === undefined) return `no layer ${class_name}`;
    const activation = config["activation"];
    if (activation === undefined) continue;
    if (typeof activation !== "string") return "an activation that is a layer";
    if (findActivation(activation) === undefined) return `no activation ${activation}`;
  }
  return undefined;
}

/** A `.layers` file for a model of Keras, under the name `Net`; nested models come as models of their own. */
export function layersText(
  model: KerasModel,
  options: { readonly weights?: string; readonly names?: boolean },
): string {
  const models: string[] = [];
  const write = (name: string, { config }: KerasModel, clause: string): void => {
    const lines = config.layers.map((layer) => {
      if (isNested(layer)) {
        const nested = pascalCase(layer.config.name);
        write(nested, layer, "");
        return nested;
      }
      if (layer.class_name === "InputLayer")
        return `input ${text((layer.config["batch_shape"] as unknown[]).slice(1))}`;
      return `${options.names === true ? `${String(layer.config["name"])}: ` : ""}${layerText(layer)}`;
    });
    models.push(`model ${name} {\n${[clause, ...lines].map((line) => `  ${line}\n`).join("")}}\n`);
  };
  write("Net", model, options.weights === undefined ? "" : `weights ${JSON.stringify(options.weights)}`);
  return models.join("\n");
}

function isNested(layer: KerasLayer | NestedLayer): layer is NestedLayer {
  return layer.class_name === "Sequential";
}

function pascalCase(name: string): string {
  return name.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The greatest error in units of the tolerance: `|a - b| / (2e-6 * max(1, |b|))`. Equal infinities and NaNs agree. */
export function worstError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let worst = 0;
  for (let at = 0; at < expected.length; at++) worst = Math.max(worst, elementError(actual[at]!, expected[at]!));
  return worst;
}

export function elementError(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0;
  const error = Math.abs(a - b) / (2e-6 * Math.max(1, Math.abs(b)));
  return Number.isNaN(error) ? Infinity : error;
}
