import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";
import { engineNames } from "../../src/passes/engines.ts";
import { compileText } from "../targets/support/compile-text.ts";

/**
 * Whole generated files, to read and to see what a change does to them. `npx vitest run --config test/vitest.config.ts
 * test/samples -u` writes them anew.
 */
const fixtures = new URL("../fixtures/", import.meta.url);
const iris = (): Uint8Array => new Uint8Array(readFileSync(new URL("trained/iris/iris.keras", fixtures)));

const network = `/// Tells three species of iris from sepal and petal length and width in centimetres.
model Iris {
  weights "iris.keras"
  input [4]
  Dense(16, activation=relu)
  Dense(3, activation=softmax)
  labels ["setosa", "versicolor", "virginica"]
}`;

const samples: Readonly<Record<string, string>> = {
  iris: network,
  tiled: `model Wide { input [31]  hidden: Dense(42, activation=gelu)  Dense(6) }`,
  sequence: `dim time  dim lanes
/// One prediction for each step.
model Steps { input [time, 7]  Dense(5, activation=silu)  Dense(2, activation=softmax) }
model Lanes { input [time, lanes, 3]  Softmax(axis=2)  Dense(2, use_bias=false) }`,
};

test.each(Object.entries(samples))("%s", async (name, source) => {
  const options = { path: `${name}.layers`, files: { "iris.keras": iris() } };
  const { text } = await compileText(source, options);
  await expect(text).toMatchFileSnapshot(`./${name}.golden.ts.txt`);
});

test("a model with weights of 0", async () => {
  // Of the first layer a tenth of the blocks is left, and of the second a third of the weights, none of them for the last four units.
  const kernels = {
    "dense.kernel": [60, 200, (k: number, unit: number) => (Math.floor(k / 4) * 3 + Math.floor(unit / 8)) % 10 === 0],
    "dense_1.kernel": [200, 3, (k: number, unit: number) => k < 196 && (k + unit) % 3 === 0],
  } as const;
  const arrays = Object.entries(kernels).map(([name, [inputs, units, isLeft]]) => ({
    name,
    shape: [inputs, units],
    data: Float32Array.from({ length: inputs * units }, (_, at) =>
      isLeft(Math.floor(at / units), at % units) ? Math.sin(at + 1) : 0,
    ),
  }));
  const source = `model Pruned {
  weights "w"
  input [60]
  Dense(200, activation=relu, use_bias=false)
  Dense(3, use_bias=false)
}`;
  const { text } = await compileText(source, { path: "pruned.layers", files: { w: writeSafetensors(arrays) } });
  await expect(text).toMatchFileSnapshot("./pruned.golden.ts.txt");
});

test("the same for each engine with a compiler, other code for those without", async () => {
  const source = "model Pair { input [9]  Dense(9, relu)  Dense(2) }";
  const texts = new Map<string, string>();
  for (const engine of engineNames) {
    const { text } = await compileText(source, { path: "pair.layers", engine });
    texts.set(engine, text);
  }
  for (const engine of ["any", "interpreter"]) {
    await expect(texts.get(engine)).toMatchFileSnapshot(`./pair-${engine}.golden.ts.txt`);
  }
  for (const engine of ["v8", "jsc", "spidermonkey"]) expect(texts.get(engine)).toBe(texts.get("any"));
});

test("a trainer", async () => {
  const source = `/// Whether one of two inputs is on, and not both.
model Xor {
  input [2]
  hidden: Dense(3, activation=tanh)
  Dense(1, activation=sigmoid)
  compile(optimizer=sgd(learning_rate=0.1, momentum=0.9), loss=binary_crossentropy, metrics=[accuracy])
}`;
  const { text } = await compileText(source, { path: "xor.layers", training: true });
  await expect(text).toMatchFileSnapshot("./xor-trainer.golden.ts.txt");
});

test("iris as JavaScript with declarations", async () => {
  const options = { path: "iris.layers", files: { "iris.keras": iris() }, emit: "js" } as const;
  const { text, declarations } = await compileText(network, options);
  await expect(text).toMatchFileSnapshot("./iris.golden.js.txt");
  await expect(declarations).toMatchFileSnapshot("./iris.golden.d.ts.txt");
});
