import { existsSync, readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compile, type CompileOptions } from "../../src/compile.ts";
import { findActivation } from "../../src/activations/index.ts";
import type { Model } from "../../src/check/model.ts";
import { findLayer } from "../../src/layers/index.ts";
import type { Host } from "../../src/load/host.ts";
import { checkSource } from "../../src/stages/check-source.ts";
import { expectClose, loadModule, ways, type Runnable } from "../ops/run-model.ts";
import { withoutLayout } from "../support/prettier.ts";
import { modelText, type KerasLayer } from "./keras-text.ts";

const fixtures = new URL("../fixtures/keras/", import.meta.url);

interface Case {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly inputs: { readonly data: readonly number[] };
  readonly outputs_float64: { readonly data: readonly number[] };
  readonly keras_config: { readonly config: { readonly layers: readonly KerasLayer[] } };
}

const cases = ["models", "activation_layers"].flatMap((folder) =>
  readdirSync(new URL(`${folder}/`, fixtures)).map((name) => {
    const path = new URL(`${folder}/${name}/`, fixtures);
    return { path, keras: JSON.parse(readFileSync(new URL("case.json", path), "utf8")) as Case };
  }),
);

/** Plain stacks whose arguments the text of a model can say; the others are tried through `layerc import`. */
const plain = cases.filter(({ keras }) => keras.keras_config.config.layers.every(isSupported));

function isSupported({ class_name, config }: KerasLayer): boolean {
  const activation = config["activation"];
  if (typeof activation === "object" && activation !== null) return false;
  if (typeof activation === "string" && findActivation(activation) === undefined) return false;
  return class_name === "InputLayer" || findLayer(class_name) !== undefined;
}

test("most cases are plain", () => expect(cases.length - plain.length).toBeLessThanOrEqual(3));

describe.each(plain)("$keras.name", ({ path, keras }) => {
  const layers = keras.keras_config.config.layers;
  // Formats without an order of layers pair automatic names by their number.
  const names = new Map(layers.map(({ config }) => [config["name"] as string, `"${config["name"] as string}"`]));
  const formats = Object.values(keras.files).filter((file) => existsSync(new URL(file, path)));
  const text = modelText("M", layers, names);

  test("every file binds the same arrays", async () => {
    const [first, ...others] = await Promise.all(formats.map((file) => boundArrays(text, file, path)));
    for (const arrays of others) expect(arrays).toEqual(first);
  });

  // What the files bind is the same, so that any of them will do.
  test.each(ways.filter(({ weights }) => weights === "inline"))("--unroll $unroll", async ({ unroll }) => {
    const [file = ""] = formats;
    const options: CompileOptions = {
      emit: "js",
      unroll: unroll === "full" && readFileSync(new URL(file, path)).length > 60_000 ? "auto" : unroll,
      host: hostOf(path),
    };
    const result = await withoutLayout(() => compile(bound(text, file), options));
    // Engines stop optimising some of what is unrolled fully, which is a warning.
    expect(result.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    const model = (await loadModule(result))["m"] as Runnable;
    const inputs = Float32Array.from(keras.inputs.data);
    expectClose(model.forwardBatch(inputs), keras.outputs_float64.data.map(Number));
  });
});

const bound = (text: string, file: string): string => text.replace("{", `{ weights "${file}"`);

/** A host over the files of a case. */
function hostOf(folder: URL): Host {
  return {
    resolve: (_from, written) => written,
    readText: async () => ({ ok: false, reason: "none" }),
    readBytes: async (file) => ({ ok: true, content: readFileSync(new URL(file, folder)) }),
  };
}

/** The arrays of the model `M` from a file, by key, as bits. */
async function boundArrays(text: string, file: string, folder: URL): Promise<ReadonlyMap<string, Uint32Array>> {
  const { result, weights } = await checkSource(bound(text, file), { host: hostOf(folder) });
  expect(result.diagnostics).toEqual([]);
  const arrays = weights.get(result.models[0] as Model) ?? new Map<string, Float32Array>();
  return new Map([...arrays].map(([key, values]) => [key, new Uint32Array(Float32Array.from(values).buffer)]));
}
