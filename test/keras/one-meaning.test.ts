import { describe, expect, test } from "vitest";
import { activations } from "../../src/activations/index.ts";
import type { LayerDefinition, ParameterSpec } from "../../src/layers/definition.ts";
import { layers } from "../../src/layers/index.ts";
import { readWeightFile } from "../../src/weights/read-weight-file.ts";
import {
  binds,
  configJson,
  imported,
  kerasFile,
  modelOf,
  packed,
  path,
  readFile,
  weightsOf,
  type KerasFile,
  type KerasJson,
} from "./one-file.ts";

/*
 * A file of Keras is read by an import, which writes down what its layers are, and by a weights clause, which compares the
 * source's layers with them. Both must read the same: what an import writes binds to the file, and a file whose meaning is
 * another one, or that can't be imported, does not bind.
 */

/** The call that a layer is tried with, where its mandatory arguments are no numbers, and the input. */
const calls: Readonly<Record<string, string>> = {
  EinsumDense: 'EinsumDense("abc,cd->abd", [4, 3])',
  Activation: "Activation(tanh)",
  Reshape: "Reshape([6, 4])",
  Permute: "Permute([2, 1])",
  RepeatVector: "Flatten() RepeatVector(3)",
  Rescaling: "Rescaling(0.5)",
  TimeDistributed: "TimeDistributed(Dense(3))",
  GroupNormalization: "GroupNormalization(3)",
};

const callOf = ({ className, parameters }: LayerDefinition): string => {
  const mandatory = parameters.filter(({ default: preset }) => preset === undefined);
  const number = (parameter: ParameterSpec) => (parameter.type.expected.includes("integer") ? "3" : "0.5");
  return calls[className] ?? `${className}(${mandatory.map(number).join(", ")})`;
};

/** Values that arguments may have; those that a parameter does not take are refused in both ways. */
const values: readonly unknown[] = [
  0,
  1,
  -1,
  2,
  0.25,
  true,
  false,
  null,
  "relu",
  "channels_last",
  "channels_first",
  "abc,cd->abd",
  "d",
  [1],
  [2],
  [-1],
  [1, 2],
  [2, 1],
  [6, 4],
  [4, 6],
  [-1, 4],
  { class_name: "__numpy__", config: { value: 2, dtype: "float32" } },
  { class_name: "Zeros", config: {} },
  { class_name: "Dense", config: { units: 3 } },
  { class_name: "Dense", config: { units: 3, activation: "relu" } },
  { class_name: "function", config: "tanh" },
  { class_name: "Mine", config: {}, module: "mine", registered_name: "mine>Mine" },
];

/** Of these, what is tried for arguments that act in training only. */
const harmlessValues = [0.25, "relu", { class_name: "Zeros", config: {} }];

/** Calls that mean the same though they are written differently. */
const equal: readonly (readonly [string, string])[] = [
  ["GroupNormalization(-1)", "GroupNormalization(6)"],
  ["Reshape([6, 4])", "Reshape([-1, 4])"],
  ["Activation(linear)", "Activation(none)"],
];

interface Tried {
  readonly source: string;
  /** The layers as JSON, the last but one is that of the class. */
  readonly layers: readonly KerasJson[];
  readonly weights: Uint8Array;
}

const text = (call: string) => `model Net { input [4, 6] ${call} Dense(2) }`;

const bases = new Map<string, Promise<Tried>>();

/** The file of a source, each made once. */
function tried(call: string): Promise<Tried> {
  const known = bases.get(call) ?? makeTried(call);
  bases.set(call, known);
  return known;
}

async function makeTried(call: string): Promise<Tried> {
  const source = text(call);
  const model = await modelOf(source);
  const json = model.layers.map((layer): KerasJson => {
    if (layer.kind !== "layer") throw new Error("nested");
    return { class_name: layer.definition.className, config: configJson(layer.config) };
  });
  return { source, layers: json, weights: await weightsOf(model) };
}

const file = ({ layers: all, weights }: Tried): KerasFile => kerasFile([4, 6], all, weights);

/** The same file with another configuration of the layer. */
function changed(base: Tried, change: (layer: KerasJson) => KerasJson): KerasFile {
  const at = base.layers.length - 2;
  return file({ ...base, layers: base.layers.map((layer, index) => (index === at ? change(layer) : layer)) });
}

function without(config: KerasJson["config"], name: string): KerasJson["config"] {
  return Object.fromEntries(Object.entries(config).filter(([key]) => key !== name));
}

/** The calls of a source without the arguments that act in training only. */
function forwardText(source: string, { className, parameters }: LayerDefinition): string {
  const names = parameters.filter(({ trainingOnly }) => trainingOnly === true).map(({ name }) => name);
  const written = source.replaceAll(/^.*weights ".*"$|\b[a-z_0-9]+: |\s|\/\/.*/gm, "");
  if (names.length === parameters.length)
    return written.replaceAll(new RegExp(`${className}\\([^)]*\\)`, "g"), className);
  return names.length === 0 ? written : written.replaceAll(new RegExp(`,?(?:${names.join("|")})=[^,)]+`, "g"), "");
}

describe.each(layers.map((definition) => [definition.className, definition] as const))("%s", (_name, definition) => {
  test("as an import writes it binds to the file", async () => {
    const base = await tried(callOf(definition));
    const own = file(base);
    expect(await readFile(own)).toEqual(await readWeightFile(packed(own), path));
    const source = await imported(own);
    expect(source).toBeDefined();
    expect(await binds(source ?? "", own)).toBe(true);
    expect(await binds(base.source, own)).toBe(true);
  });

  test("with another argument binds where it means the same, and only there", async () => {
    const base = await tried(callOf(definition));
    const own = forwardText((await imported(file(base))) ?? "", definition);
    for (const { name, trainingOnly = false } of definition.parameters) {
      for (const value of trainingOnly ? harmlessValues : values) {
        const made = changed(base, (layer) => ({ ...layer, config: { ...layer.config, [name]: value } }));
        const source = await imported(made);
        const what = `${name}=${JSON.stringify(value)}: ${source ?? "refused"}`;
        const bound = await binds(base.source, made);
        if (source === undefined) {
          expect(bound, what).toBe(false);
          continue;
        }
        expect(await binds(source, made), what).toBe(true);
        const other = forwardText(source, definition);
        const same =
          other === own ||
          equal.some((pair) => pair.every((call) => [own, other].some((t) => t.includes(call.replaceAll(" ", "")))));
        expect(bound, what).toBe(same);
      }
    }
  });

  test("without an argument has Keras' default", async () => {
    const base = await tried(callOf(definition));
    for (const { name } of definition.parameters) {
      const made = changed(base, (layer) => ({ ...layer, config: without(layer.config, name) }));
      const source = await imported(made);
      expect(await binds(base.source, made), `without ${name}`).toBe(source !== undefined);
    }
  });

  test.each<[string, (layer: KerasJson) => KerasJson]>([
    ["an argument that it does not have", (layer) => ({ ...layer, config: { ...layer.config, sparsity: 0.5 } })],
    ["the name of a class of the author's", (layer) => ({ ...layer, module: "mine", registered_name: "mine>It" })],
    ["another class", (layer) => ({ ...layer, class_name: "Conv1D" })],
  ])("with %s is refused in both ways", async (_what, change) => {
    const base = await tried(callOf(definition));
    const made = changed(base, change);
    expect([await imported(made), await binds(base.source, made)]).toEqual([undefined, false]);
  });

  test("takes what every class of Keras has", async () => {
    const base = await tried(callOf(definition));
    const more = { trainable: true, dtype: "float32", batch_input_shape: [null, 4, 6], later: null };
    const made = changed(base, (layer) => ({ ...layer, config: { ...layer.config, ...more } }));
    expect([await imported(made), await binds(base.source, made)]).toEqual([await imported(file(base)), true]);
  });
});

/** An activation as a source and as a configuration have it. */
const activationCalls = activations
  .filter((definition) => definition.kind === "elementwise" || definition.halvesAxis !== true)
  .map(({ name, parameters }) => {
    const mandatory = parameters
      .filter(({ default: preset }) => preset === undefined)
      .map((parameter) => parameter.name);
    if (mandatory.length === 0) return { call: name, json: name };
    const args = mandatory.map((parameter, at) => [parameter, at + 1] as const);
    const call = `${name}(${args.map(([parameter, value]) => `${parameter}=${value}`).join(", ")})`;
    return { call, json: { class_name: name, config: Object.fromEntries(args) } };
  });

/** Activations that are one function with their defaults. */
const sameFunction: readonly string[] = ["elu", "celu"];

describe("an activation", () => {
  test.each(activationCalls)("$call binds to no other", async ({ call, json }) => {
    const base = await tried("Activation(tanh)");
    const forms = [json, ...(typeof json === "string" ? [{ class_name: "function", config: json }] : [])];
    for (const activation of forms) {
      const made = changed(base, (layer) => ({ ...layer, config: { activation } }));
      const source = (await imported(made)) ?? "";
      expect(source).toMatch(/Activation\(/);
      for (const other of activationCalls) {
        const same = other.call === call || [other.call, call].every((name) => sameFunction.includes(name));
        expect(await binds(text(`Activation(${other.call})`), made), `${other.call} for ${call}`).toBe(same);
      }
    }
  });

  test.each<[layer: KerasJson, call: string]>([
    [{ class_name: "ReLU", config: { max_value: 6 } }, "relu(max_value=6)"],
    [{ class_name: "ReLU", config: { max_value: 6 } }, "relu6"],
    [{ class_name: "LeakyReLU", config: {} }, "leaky_relu(negative_slope=0.3)"],
    [{ class_name: "LeakyReLU", config: { alpha: 0.1 } }, "leaky_relu(negative_slope=0.1)"],
    [{ class_name: "ELU", config: { alpha: 0.5 } }, "elu(alpha=0.5)"],
    [{ class_name: "Softmax", config: { axis: [-1] } }, "softmax"],
    [{ class_name: "ThresholdedReLU", config: {} }, "threshold(threshold=1, default_value=0)"],
    [{ class_name: "ThresholdedReLU", config: { theta: 0.5 } }, "threshold(threshold=0.5, default_value=0)"],
    [{ class_name: "ThresholdedReLU", config: { theta: 0.5 } }, "relu(threshold=0.5)"],
    [{ class_name: "Identity", config: {} }, "linear"],
    [{ class_name: "Dropout", config: { rate: 0.5 } }, "linear"],
  ])("%j is %s, as a layer and as a function", async (layer, call) => {
    const weights = await weightsOf(await modelOf(text(`Activation(tanh)`)));
    const end = { class_name: "Dense", config: { units: 2 } };
    const own = kerasFile([4, 6], [layer, end], weights);
    const asFunction = kerasFile([4, 6], [{ class_name: "Activation", config: { activation: layer } }, end], weights);
    for (const made of [own, asFunction]) {
      const source = (await imported(made)) ?? "";
      for (const bound of [source, text(`Activation(${call})`)]) expect(await binds(bound, made), bound).toBe(true);
      expect(await binds(text("Activation(tanh)"), made)).toBe(false);
    }
  });
});

test.each([
  ["SpatialDropout2D", [4, 5, 6], "Dropout(0.5, noise_shape=[none, 1, 1, none])"],
  ["SpatialDropout3D", [3, 4, 5, 6], "Dropout(0.5, noise_shape=[none, 1, 1, 1, none])"],
])("%s passes its input through", async (class_name, input, call) => {
  const source = `model Net { input [${input.join(", ")}] Dense(2) }`;
  const weights = await weightsOf(await modelOf(source));
  const chain = [
    { class_name, config: { rate: 0.5 } },
    { class_name: "Dense", config: { units: 2 } },
  ];
  const made = kerasFile(input, chain, weights);
  expect(await imported(made)).toContain(call);
  expect(await binds(source, made)).toBe(true);
});

test("a gamma is not taken for a beta, where the file only counts its arrays", async () => {
  const scaled = await tried("LayerNormalization(center=false)");
  const centred = await tried("LayerNormalization(scale=false)");
  expect(await binds(scaled.source, file(scaled))).toBe(true);
  expect(await binds(centred.source, file(scaled))).toBe(false);
});

test("the arguments of Keras 1 are read under their present names", async () => {
  const base = await tried("Dense(3, use_bias=false)");
  const made = changed(base, () => ({ class_name: "Dense", config: { output_dim: 3, bias: false, input_dim: 6 } }));
  expect(await imported(made)).toMatch(/Dense\(3, use_bias=false\)/);
  expect(await binds(base.source, made)).toBe(true);
});
