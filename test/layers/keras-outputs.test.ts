import { existsSync, readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compile, type CompileOptions } from "../../src/compile.ts";
import { findActivation } from "../../src/activations/index.ts";
import { findLayer } from "../../src/layers/index.ts";
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

  test.each(formats)("%s", async (file) => {
    const bytes = readFileSync(new URL(file, path));
    for (const { unroll } of ways.filter(({ weights }) => weights === "inline")) {
      const options: CompileOptions = {
        emit: "js",
        unroll: unroll === "full" && bytes.length > 60_000 ? "auto" : unroll,
        host: {
          resolve: (_from, written) => written,
          readText: async () => ({ ok: false, reason: "none" }),
          readBytes: async () => ({ ok: true, content: bytes }),
        },
      };
      const result = await withoutLayout(() => compile(text.replace("{", `{ weights "${file}"`), options));
      expect(result.diagnostics).toEqual([]);
      const model = (await loadModule(result))["m"] as Runnable;
      const inputs = Float32Array.from(keras.inputs.data);
      expectClose(model.forwardBatch(inputs), keras.outputs_float64.data.map(Number));
    }
  });
});
