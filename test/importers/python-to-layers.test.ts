import { describe, expect, test } from "vitest";
import { check } from "../../src/compile.ts";
import { applyFix } from "../../src/diagnostics/apply-fix.ts";
import { pythonToLayers } from "../../src/importers/python-to-layers.ts";

const seed = `model.add(layers.Dense(10*10*256, use_bias=False, input_shape=(100,)))
model.add(layers.BatchNormalization())
model.add(layers.LeakyReLU())`;

describe("pythonToLayers", () => {
  test("gives declarations, or the statements of a body", async () => {
    expect(await pythonToLayers(seed)).toEqual({
      text: `model Network {
  input [100]
  Dense(10*10*256, use_bias=false)
  BatchNormalization()
  LeakyReLU()
}
`,
      notes: [],
      errors: [],
      choices: [],
    });
    expect((await pythonToLayers(seed, { into: "body" })).text).toBe(
      "input [100]\nDense(10*10*256, use_bias=false)\nBatchNormalization()\nLeakyReLU()\n",
    );
    expect((await pythonToLayers(seed, { into: "body", withInput: false })).text).toBe(
      "Dense(10*10*256, use_bias=false)\nBatchNormalization()\nLeakyReLU()\n",
    );
  });

  test("a body needs no input, has numbers for named constants, and the layers of nested models in their places", async () => {
    const text = `units = 2 * 8
inner = Sequential([Dense(units), Dense(units)])
model = Sequential([inner, Dropout(0.5), Dense(units, name="out")])`;
    expect((await pythonToLayers(text, { into: "body" })).text).toBe(
      "Dense(16)\nDense(16)\nDropout(0.5)\nout: Dense(16)\n",
    );
    expect((await pythonToLayers(text)).errors.map(({ code }) => code)).toEqual(["import-no-input"]);
  });

  test("names are the author's, those that are asked for, or free ones", async () => {
    const text = `size = 3
Scorer = Sequential([Input((None, size)), Dense(size)])`;
    expect((await pythonToLayers(text)).text).toMatch(
      /^let size = 3\ndim time\n\nmodel Scorer \{\n {2}input \[time, size\]/,
    );
    expect((await pythonToLayers(text, { name: "Ranker" })).text).toContain("model Ranker {");
    const taken = ["Scorer", "size"];
    expect((await pythonToLayers(text, { taken })).text).toMatch(
      /^dim time\n\nmodel ScorerModel \{\n {2}input \[time, 3\]/,
    );
  });

  test("offsets are those of the text, in UTF-16", async () => {
    const text = `# 🎓 café\nmodel.add(Dense(n, input_shape=(3,)))\nprint("🎉")`;
    const { errors } = await pythonToLayers(text, { path: "a.py" });
    expect(errors.map(({ code, span }) => [code, span])).toEqual([
      ["script-argument", { file: "a.py", start: text.indexOf("n,"), end: text.indexOf("n,") + 1 }],
    ]);
    const { notes } = await pythonToLayers(text.replace("n,", "3,"));
    expect(notes.map(({ span }) => span)).toEqual([
      { file: "pasted.py", start: text.indexOf("print"), end: text.length },
    ]);
  });

  test("of several models, one can be named, and which there are is told", async () => {
    const text = `a = Sequential([Dense(1, input_dim=2)])
b = Sequential([Dense(3, input_dim=2)])`;
    expect((await pythonToLayers(text)).choices).toEqual(["a", "b"]);
    expect((await pythonToLayers(text, { model: "b" })).text).toContain("Dense(3)");
  });

  test("a list that holds itself has no value", async () => {
    const text = `a = []
a.append(a)
model = Sequential([Input((3,)), Dense(1)])
model.compile("adam", "mse", metrics=a)`;
    const { text: written, notes } = await pythonToLayers(text);
    expect(written).toContain("compile(optimizer=adam, loss=mean_squared_error)");
    expect(notes[0]?.message).toBe("A metric is left out: its lists nest deeper than 50");
    expect((await pythonToLayers(text.replace("Dense(1)", "Dense(a)"))).errors.map(({ code }) => code)).toEqual([
      "script-argument",
    ]);
  });

  test("a text that is no Python is an error with its place", async () => {
    expect((await pythonToLayers("model M { input [4] Dense(3) }")).errors).toHaveLength(1);
    expect((await pythonToLayers("")).errors[0]?.code).toBe("script-without-model");
  });
});

describe("a model file that is a script", () => {
  const told = async (text: string) => (await check({ path: "m.layers", text })).diagnostics;

  test("has a fix that writes the model of the same translation", async () => {
    const text = `import keras
HIDDEN = 16
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(HIDDEN // 2), keras.layers.Dense(3)])
model.compile()
`;
    const [diagnostic] = await told(text);
    expect(diagnostic?.code).toBe("foreign-script");
    const fixed = diagnostic?.fix && applyFix(text, "m.layers", diagnostic.fix);
    expect(fixed).toBe((await pythonToLayers(text)).text);
    expect(await told(fixed ?? "")).toEqual([]);
  });

  test("says what is in the way of one", async () => {
    const text = "import keras\nmodel = keras.Sequential()\nfor n in x:\n    model.add(keras.layers.Dense(n))\n";
    const [diagnostic] = await told(text);
    expect(diagnostic?.fix).toBeUndefined();
    expect(diagnostic?.help).toContain("line 3 is in the way of a translation: the model 'model' can't be read");
  });
});

test("a file whose names are in one another's way already gets one beside them", async () => {
  const python = "model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])";
  const { text } = await pythonToLayers(python, { taken: ["", "A", "a", "Network", "class"] });
  expect(text).toContain("model NetworkModel {");
});
