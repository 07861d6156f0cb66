import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../src/language-service/edits/apply-edits.ts";
import { codeActions } from "../../src/language-service/features/code-actions.ts";
import { countParameters } from "../../src/summary/count-parameters.ts";
import { parseSource } from "../../src/syntax/parse-source.ts";
import { actionsOf } from "./actions-of.ts";
import { open, path } from "./open.ts";

const errorsOf = (text: string) =>
  parseSource({ path, text }).diagnostics.filter(({ severity }) => severity === "error");

async function result(title: string, marked: string): Promise<string | undefined> {
  return (await actionsOf(marked)).find((action) => action.title === title)?.result;
}

describe("pasted Python of Keras", () => {
  const title = "Convert Keras code to Layers";
  const errorsIn = async (text: string): Promise<number> =>
    (await open(text)).analysis.result.diagnostics.filter(({ severity }) => severity === "error").length;
  const dense = "model.add(layers.Dense(10*10*256, use_bias=False, input_shape=(100,)))";

  test.each([
    [
      "that is the whole file",
      `im<|>port tensorflow as tf\nmodel = tf.keras.Sequential()\n${dense}\n`,
      "model Network {\n  input [100]\n  Dense(10*10*256, use_bias=false)\n}\n",
    ],
    [
      "that is the whole file, at any line",
      `import tensorflow as tf\nmodel = tf.keras.Sequential()\n${dense.replace("Dense", "Den<|>se")}\n`,
      "model Network {\n  input [100]\n  Dense(10*10*256, use_bias=false)\n}\n",
    ],
    [
      "between declarations",
      `let a = 3\n\nmodel A { input [a] Dense(3) }\n\nmodel = keras.Seq<|>uential([\n  layers.Dense(32, activation="relu", input_shape=(8,)),\n  layers.Dense(3),\n])\n\n// B\nmodel B {\n  input [4]\n  Dense(2)\n}\n`,
      `let a = 3\n\nmodel A { input [a] Dense(3) }\n\nmodel Network {\n  input [8]\n  Dense(32, activation=relu)\n  Dense(3)\n}\n\n// B\nmodel B {\n  input [4]\n  Dense(2)\n}\n`,
    ],
    [
      "behind a declaration of the name that it would have",
      `model Network { input [2] Dense(3) }\ninputs = keras.Input(shape=(4,)) # four\nx = Dense(3)(inp<|>uts)\n\nx = layers.Dense(2, activation="softmax")(x)\nmodel = keras.Model(inputs, x)\nmodel.compile("adam", "mse")\n`,
      "model Network { input [2] Dense(3) }\nmodel NetworkModel {\n  input [4]\n\n  Dense(3)\n  Dense(2, activation=softmax)\n\n  compile(optimizer=adam, loss=mean_squared_error)\n}\n",
    ],
    [
      "in a body, with what it is compiled with",
      'model A {\n  input [4]\n  model.add(Dense(<|>3))\n  model.compile(optimizer="sgd", loss="mse", metrics=["mae"])\n}\n',
      "model A {\n  input [4]\n  Dense(3)\n  compile(optimizer=sgd, loss=mean_squared_error, metrics=[mean_absolute_error])\n}\n",
    ],
    [
      "in a body, which keeps its input and its layers",
      `model A {\n  input [100]\n  Flatten()\n  ${dense.replace("10", "<|>10")}\n  model.add(layers.ReLU()) # on\n  Dense(3) // last\n}\n`,
      "model A {\n  input [100]\n  Flatten()\n  Dense(10*10*256, use_bias=false)\n  ReLU()\n  Dense(3) // last\n}\n",
    ],
    [
      "in a body without an input",
      `model A {\n\t${dense.replace("10", "<|>10")}\n}\n`,
      "model A {\n\tinput [100]\n\tDense(10*10*256, use_bias=false)\n}\n",
    ],
    [
      "a chain, in a block",
      'block A(units) {\r\n  x = Dense(8)(x)<|>\r\n  x = Dense(2, activation="relu")(x)\r\n}\r\n',
      "block A(units) {\r\n  Dense(8)\r\n  Dense(2, activation=relu)\r\n}\r\n",
    ],
    [
      "in several lines, in a body",
      'model A {\n  input [100]\n  keras.Sequential([\n    layers.De<|>nse(3), # three\n    layers.Dense(\n      units=4,\n      activation="relu",\n    ),\n  ])\n  Dense(2)\n}\n',
      "model A {\n  input [100]\n  Dense(3)\n  Dense(4, activation=relu)\n  Dense(2)\n}\n",
    ],
    [
      "without an input, which is left to say",
      'let a = 3\nmo<|>del.add(Dense(8, activation="relu"))\n',
      "let a = 3\nmodel Network {\n  Dense(8, activation=relu)\n}\n",
    ],
  ])("%s", async (_, marked, expected) => {
    const actions = (await actionsOf(marked)).filter((action) => action.title === title);
    expect(actions).toMatchObject([{ kind: "quickfix", result: expected, diagnostics: expect.any(Array) }]);
    expect(actions[0]?.diagnostics.length).toBeGreaterThan(0);
    const text = marked.replace("<|>", "");
    const left = await errorsIn(expected);
    expect(left).toBeLessThanOrEqual(await errorsIn(text));
    const { diagnostics } = parseSource({ path, text: expected });
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("the seed question's three lines, with their parameters", async () => {
    const script =
      "def make_generator_model():\n    model = tf.keras.Sequential()\n    model.add(layers.Dense(10*10*256, use_bias=False, input_shape=(100,)))\n";
    const converted = (await result(title, `<|>${script}`)) as string;
    expect(converted).toBe("model Generator {\n  input [100]\n  Dense(10*10*256, use_bias=false)\n}\n");
    const { analysis } = await open(converted);
    expect(analysis.result.diagnostics).toEqual([]);
    expect(analysis.result.models.map((model) => countParameters(model).total)).toEqual([2_560_000]);
  });

  test("what is selected, as a refactoring", async () => {
    const marked = "model A {\n  input [4]\n  «x = Dense(8)(x)\n  x = Dropout(0.5)(x)»\n  x = Dense(2)(x)\n}\n";
    const actions = (await actionsOf(marked)).filter((action) => action.title === title);
    expect(actions).toMatchObject([
      {
        kind: "refactor.rewrite",
        result: "model A {\n  input [4]\n  Dense(8)\n  Dropout(0.5)\n  x = Dense(2)(x)\n}\n",
      },
    ]);
  });

  test("of PyTorch has its own name", async () => {
    const marked = "model A {\n  input [4]\n  Dense(2)\n}\nnet = nn.Seq<|>uential(nn.Linear(4, 8), nn.ReLU())\n";
    expect(await result("Convert PyTorch code to Layers", marked)).toContain("Dense(8)\n");
  });

  test.each([
    ["what nobody can tell", "model A {\n  input [4]\n  x = Dense(uni<|>ts)(x)\n}\n"],
    ["what is no layer of the language", "model A {\n  input [4]\n  model.add(layers.Conv2D(3<|>, 3))\n}\n"],
    ["what makes nothing", 'model A { input [4] Dense(3) }\nmodel.comp<|>ile("adam")\n'],
    ["a misspelt declaration", "modle M {\n  input [4]\n  Den<|>se(3)\n}\n"],
    ["a layer without a model", "Den<|>se(3)\n"],
    ["a right file", "model A {\n  input [4]\n  Dense(<|>3)\n}\n"],
  ])("%s is not offered", async (_, marked) => {
    expect((await actionsOf(marked)).filter((action) => action.title.startsWith("Convert"))).toEqual([]);
  });
});

const lines = fc.constantFrom(
  "model M {",
  "block B(units) {",
  "}",
  "  input [4]",
  "  Dense(3) // (",
  "let n = 3",
  "// note",
  "/// doc",
  "",
  "model = keras.Sequential([",
  '  layers.Dense(3, activation="relu"), # it\'s',
  "])",
  "model.add(layers.Dense(10 // 2, input_shape=(4,)))",
  "  x = Dense(3)(x)",
  "\tx = layers.Dropout(0.5)(x)",
  "import tensorflow as tf",
  "def f():",
  "    return model",
  '"""',
  "😀 = (",
  "model.fit(x, y)",
);

test("any lines, at any place: the edit leaves the Python's place without an error, and no more errors than before", async () => {
  let offered = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(lines, { maxLength: 12 }),
      fc.nat(),
      fc.nat(),
      fc.boolean(),
      async (some, at, to, crlf) => {
        const text = some.join(crlf ? "\r\n" : "\n");
        const { analysis, surroundings } = await open(text);
        const [start, end] = [at % (text.length + 1), to % (text.length + 1)].toSorted((a, b) => a - b) as [
          number,
          number,
        ];
        for (const range of [
          { start, end: start },
          { start, end },
        ]) {
          const actions = await codeActions(analysis, range, surroundings);
          const found = actions.filter(({ title }) => title === "Convert Keras code to Layers");
          for (const { edits, kind } of found) {
            const converted = applyEdits(text, edits);
            expect(errorsOf(converted).length, converted).toBeLessThanOrEqual(errorsOf(text).length);
            expect(kind).toMatch(/^(?:quickfix|refactor\.rewrite)$/);
            offered++;
          }
        }
      },
    ),
    { numRuns: 300 },
  );
  expect(offered).toBeGreaterThan(10);
});
