import { expect, test } from "vitest";
import { checkProgram } from "../../src/check/check-program.ts";
import { parseSource } from "../../src/syntax/parse-source.ts";
import { loadWeights, type LoadedWeights } from "../../src/weights/load-weights.ts";
import { fixture, memoryHost } from "./support.ts";

/** From the text of a `.layers` file without imports to bound weights. */
async function load(text: string, files: Readonly<Record<string, Uint8Array>>): Promise<LoadedWeights> {
  const { value: entry, diagnostics } = parseSource({ path: "net.layers", text });
  const checked = checkProgram({ entry, files: new Map([["net.layers", entry]]), imports: new Map() }, diagnostics);
  expect([...diagnostics, ...checked.diagnostics]).toEqual([]);
  return loadWeights(checked.value.models, memoryHost(files));
}

test.each(["digits.keras", "digits.h5"])("digits from %s", async (path) => {
  const source = `model Digits {
  weights "${path}"
  input [64]
  Rescaling(1/16)
  hidden: Dense(64, activation=relu)
  Dropout(0.2)
  Dense(32, activation=relu)
  Dense(10, activation=softmax)
}`;
  const files = { [path]: fixture(`trained/digits/${path}`) };
  const result = await load(source, files);
  expect(result.diagnostics).toEqual([]);
  expect([...[...result.arrays.values()][0]!.keys()]).toEqual(
    ["hidden", "dense", "dense_1"].flatMap((name) => [`${name}/kernel`, `${name}/bias`]),
  );
  const scaled = await load(source.replace("1/16", "1/15"), files);
  expect(scaled.diagnostics.map(({ code }) => code)).toEqual(["weight-forward-mismatch"]);
  const [mismatch] = scaled.diagnostics;
  expect(source.slice(mismatch?.span?.start, mismatch?.span?.end)).toBe("Rescaling(1/16)");
  expect(source.slice(mismatch?.related[0]?.span.start, mismatch?.related[0]?.span.end)).toContain(path);
});

test.each(["model.keras", "model.h5", "model.weights.h5"])("nested models from %s", async (path) => {
  const source = `
model Encoder { input [4]  Dense(6, activation=relu)  Dense(5, activation=tanh) }
model Head { input [5]  Dense(3, activation=softmax) }
model Net { weights "${path}"  input [4]  Encoder  Head }`;
  const result = await load(source, { [path]: fixture(`keras/models/nested_sequential/${path}`) });
  expect(result.diagnostics).toEqual([]);
  const [[net, arrays] = []] = result.arrays;
  expect(net?.name).toBe("Net");
  expect([...(arrays?.keys() ?? [])]).toEqual(
    ["encoder/dense", "encoder/dense_1", "head/dense"].flatMap((name) => [`${name}/kernel`, `${name}/bias`]),
  );
});

test("leaky_relu, elu and an activation as a layer", async () => {
  const source = (slope: number) => `model Net {
  weights "m.keras"
  input [6]
  Activation(leaky_relu(negative_slope=${slope}))
}`;
  const files = { "m.keras": fixture("keras/activation_layers/leaky_default/model.keras") };
  expect((await load(source(0.3), files)).diagnostics).toEqual([]);
  expect((await load(source(0.2), files)).diagnostics.map(({ code }) => code)).toEqual(["weight-forward-mismatch"]);
});
