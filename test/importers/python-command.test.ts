import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { makeSandbox } from "../cli/sandbox.ts";
import { quickCompiler } from "../support/quick-compiler.ts";
import { layerc } from "./support.ts";

const iris = `import keras
from keras import layers

model = keras.Sequential([keras.Input((4,)), layers.Dense(16, "relu"), layers.Dense(3)])
model.fit(x, y)
`;
const gan = `generator = Sequential([Dense(8, input_dim=2)])
discriminator = Sequential([Dense(1, input_dim=8)])
`;
const source = `model Iris {
  input [4]
  Dense(16, activation=relu)
  Dense(3)
}
`;

describe("layerc import of a script", () => {
  test("writes the model alone, named after the file, and tells what is left out", async () => {
    const sandbox = makeSandbox({ "src/iris.py": iris });
    const { exitCode, stdout, stderr } = await layerc(sandbox, "import", "src/iris.py");
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "src/iris.py -> src/iris.layers  67 B\n" });
    expect(stderr).toContain("hint[script-left-out]: Left out: model.fit(...), which is no part of a model file");
    expect(stderr).toContain("src/iris.py:5:1");
    expect(sandbox.contents()).toEqual({ "src/iris.py": iris, "src/iris.layers": source });
  });

  test("--name and --out-dir say what is written where; --report json tells it to tools", async () => {
    const sandbox = makeSandbox({ "iris.py": iris });
    const argv = ["import", "iris.py", "--name", "flower", "--out-dir", "a", "--report", "json"];
    const { stdout } = await layerc(sandbox, ...argv);
    expect(JSON.parse(stdout)).toMatchObject({
      exitCode: 0,
      model: "Flower",
      outputs: [{ source: "iris.py", path: "a/flower.layers", state: "missing" }],
      diagnostics: [{ code: "script-left-out", severity: "hint" }],
    });
    expect(sandbox.contents()["a/flower.layers"]).toBe(source.replace("Iris", "Flower"));
    expect((await layerc(sandbox, "check", "a/flower.layers")).stderr).toBe("");
  });

  test("an error has its place, and nothing is written", async () => {
    const sandbox = makeSandbox({ "iris.py": iris.replace("16", "width") });
    const { exitCode, stderr } = await layerc(sandbox, "import", "iris.py", "--out-dir", "out");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("error[script-argument]: 'units' of Dense can't be evaluated");
    expect(stderr).toContain("iris.py:4:59\n");
    expect(Object.keys(sandbox.contents())).toEqual(["iris.py"]);
  });

  test("- is a script on standard input", async () => {
    const sandbox = makeSandbox({});
    const run = (text: string, ...argv: readonly string[]) =>
      sandbox.run(["import", "-", ...argv], {
        compiler: quickCompiler,
        environment: { readInput: async () => new TextEncoder().encode(text) },
      });
    expect(await run("model.add(layers.Dense(3, input_shape=(2,)))\n", "--name", "Pasted")).toMatchObject({
      exitCode: 0,
      stdout: "<stdin> -> pasted.layers  40 B\n",
    });
    expect(sandbox.contents()).toEqual({ "pasted.layers": "model Pasted {\n  input [2]\n  Dense(3)\n}\n" });
    expect((await run("model.add(layers.Dense(x))")).stderr).toContain("<stdin>:1:24");
  });

  test("--model chooses one of several, and their names are told without it", async () => {
    const sandbox = makeSandbox({ "gan.py": gan });
    const unclear = await layerc(sandbox, "import", "gan.py");
    expect(unclear).toMatchObject({ exitCode: 1 });
    expect(unclear.stderr).toContain("The script makes the models 'generator', 'discriminator'");
    const wrong = await layerc(sandbox, "import", "gan.py", "--model", "generater");
    expect(wrong).toMatchObject({ exitCode: 1 });
    expect(wrong.stderr).toContain("did you mean 'generator'?");
    expect((await layerc(sandbox, "import", "gan.py", "--model", "discriminator")).exitCode).toBe(0);
    expect(Object.keys(sandbox.contents())).toEqual(["discriminator.layers", "gan.py"]);
  });

  test("--output takes the part up to a layer", async () => {
    const text = `i = keras.Input((4,))
h = layers.Dense(8, name="features")(i)
model = keras.Model(i, layers.add([layers.Dense(8)(h), h]))
`;
    const sandbox = makeSandbox({ "m.py": text });
    const whole = await layerc(sandbox, "import", "m.py");
    expect(whole.stderr).toContain("take the part that is a chain with --output dense");
    expect((await layerc(sandbox, "import", "m.py", "--output", "features")).exitCode).toBe(0);
    expect(sandbox.contents()["m.layers"]).toBe("model M {\n  input [4]\n  features: Dense(8)\n}\n");
    const wrong = await layerc(sandbox, "import", "m.py", "--output", "feature");
    expect(wrong).toMatchObject({ exitCode: 1 });
    expect(wrong.stderr).toContain("it has no layer 'feature' to end with; did you mean 'features'?");
  });

  test.each([
    [["import", "iris.py", "--weights", "w.h5"], 'write the clause weights "w.h5" into the model'],
    [["import", "model.keras", "--model", "m"], "--model chooses a variable of a script"],
    [["import", "missing.py"], "no such file"],
    [["import", "iris.py", "--name", "Dense"], "import-name"],
  ])("%j is a wrong command line", async (argv, words) => {
    const sandbox = makeSandbox({ "iris.py": iris, "model.keras": "" });
    const { exitCode, stderr } = await layerc(sandbox, ...argv);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(words) as string });
  });

  test("a file with other content is not replaced without --force", async () => {
    const sandbox = makeSandbox({ "iris.py": iris });
    expect((await layerc(sandbox, "import", "iris.py")).exitCode).toBe(0);
    expect((await layerc(sandbox, "import", "iris.py")).stdout).toContain("(unchanged)");
    fs.appendFileSync(path.join(sandbox.folder, "iris.layers"), "// mine\n");
    const refused = await layerc(sandbox, "import", "iris.py");
    expect(refused).toMatchObject({ exitCode: 2 });
    expect(refused.stderr).toContain("'iris.layers' exists and is not as an import wrote it");
    expect((await layerc(sandbox, "import", "iris.py", "--force")).exitCode).toBe(0);
    expect(sandbox.contents()["iris.layers"]).toBe(source);
  });

  test("bytes that are no text", async () => {
    const sandbox = makeSandbox({ "m.py": Uint8Array.of(0xff, 0xfe, 0x41) });
    const { exitCode, stderr } = await layerc(sandbox, "import", "m.py");
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining("not UTF-8 text") as string });
  });
});

describe("layerc import of a notebook", () => {
  const notebook = (cells: readonly object[], more: object = {}): string => JSON.stringify({ cells, ...more });
  const code = (text: string): object => ({ cell_type: "code", source: text.split(/(?<=\n)/), outputs: [] });

  test("its cells of Python are one script; others are none", async () => {
    const text = notebook([
      { cell_type: "markdown", source: ["# model.add(Dense(1))"] },
      code("%pip install keras\nimport keras\nfrom keras import layers\nUNITS = 8"),
      code("%%bash\necho 'it is'"),
      code("%%time\nmodel = keras.Sequential([keras.Input((2,)), layers.Dense(UNITS)])"),
      { cell_type: "code", source: "model.summary()" },
    ]);
    const sandbox = makeSandbox({ "digits.ipynb": text });
    const { exitCode, stderr } = await layerc(sandbox, "import", "digits.ipynb");
    expect(exitCode).toBe(0);
    expect(stderr).toContain("digits.ipynb (cell 5):1:1");
    expect(sandbox.contents()["digits.layers"]).toBe(
      "let UNITS = 8\n\nmodel Digits {\n  input [2]\n  Dense(UNITS)\n}\n",
    );
  });

  test.each([
    ["[]", "it is no notebook"],
    ["{", "not valid JSON"],
    [notebook([], { metadata: { kernelspec: { language: "R" } } }), "the notebook is of R, not of Python"],
    [notebook([code("model = Sequential([Dense(n, input_dim=2)])")]), "m.ipynb (cell 1):1:27"],
    [notebook([null as unknown as object, code("")]), "The script makes no model of Keras"],
  ])("%.50s is refused", async (text, words) => {
    const sandbox = makeSandbox({ "m.ipynb": text });
    const { exitCode, stderr } = await layerc(sandbox, "import", "m.ipynb");
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining(words) as string });
  });
});
