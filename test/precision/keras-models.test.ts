import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { runModule } from "../../src/node/run-module.ts";
import { layersText, missing, readCases, values } from "../keras/keras-case.ts";
import { compileCode } from "../targets/support/compile-text.ts";
import { modelOf } from "../targets/support/run-module.ts";

const cases = readCases().filter(
  ({ kind, keras_config: config }) => kind === "models" && missing(config) === undefined,
);
const formats = ["model.keras", "model.h5"];

describe("the models that Keras recorded, with bfloat16 weights", () => {
  test("there are some", () => expect(cases.length).toBeGreaterThan(10));

  test.each(cases)("$name", async (keras) => {
    const format = formats.find((name) => Object.values(keras.files).includes(name)) as string;
    const files = { [format]: new Uint8Array(readFileSync(new URL(format, keras.folder))) };
    const text = layersText(keras.keras_config, { weights: format, names: keras.name === "custom_names" });
    const made = await compileCode(text, { precision: "bfloat16", emit: "js", files });
    const net = modelOf(await runModule(made.text), "net");
    const expected = values(keras.outputs_float64);
    const found = net.forwardBatch(values(keras.inputs));
    const errors = Array.from(expected, (b, at) => Math.abs((found[at] as number) - b) / Math.max(1, Math.abs(b)));
    expect(found.length).toBe(expected.length);
    // The largest is 9.0e-3, of dropout_inference.
    expect(errors.filter((error) => !(error <= 1e-2))).toEqual([]);
  });
});
