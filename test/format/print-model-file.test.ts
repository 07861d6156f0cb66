import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printModelFile } from "../../src/format/print-model-file.ts";
import type { BodyItem, Declaration, ModelFile } from "../../src/syntax/ast.ts";
import { parseSource } from "../../src/syntax/parse-source.ts";
import { meaning } from "./meaning.ts";
import { modelFile } from "./model-files.ts";

function parse(text: string): ModelFile {
  const { value, diagnostics } = parseSource({ path: "m.layers", text });
  expect(diagnostics.map(({ code, message }) => `${code}: ${message}\n${text}`)).toEqual([]);
  return value;
}

describe("the style", () => {
  test("is that of the examples", async () => {
    const text = `import { Hidden, width } from "./blocks.layers"

let latent = 10*10
dim time

/// A block.
block Narrowing(units, rate=0.1) {
  Dense(units, activation=gelu)
  Dropout(rate)
}

/// Hand-written digits.
model Digits {
  weights "./digits.keras" prefix "encoder."
  input [time, 64]

  Rescaling(1/16)
  hidden: Dense(
    64,
    activation=relu,
    kernel_initializer=he_normal(seed=7),
    kernel_regularizer=l2(0.0001),
  )
  repeat 2 * width { Hidden(64) }
  "dense-1": Dense(2**3 - 1, use_bias=false) -> [time, 7]
  Encoder

  labels ["0", "1", "2", "3", "4", "5", "6"]
  /// As Keras has it.
  compile(
    optimizer=adam(learning_rate=exponential_decay(0.01, 1000, 0.9)),
    loss=sparse_categorical_crossentropy,
    metrics=[accuracy],
  )
}

model Small {
  input [2]

  Dense(1)

  compile(sgd(0.1), mse)
}
`;
    expect(await printModelFile(parse(text))).toBe(text);
  });

  test("breaks long lists, calls, sums and parameters", async () => {
    const labels = Array.from({ length: 12 }, (_, at) => `"label ${at}"`).join(", ");
    const text = `import { AnImportedBlockOfALongName, another_value_of_a_long_name } from "./blocks.layers"
let total = first_of_some_long_names * 2 + second_of_some_long_names - third_of_some_long_names
block Wide(units_of_the_first_layer, units_of_the_second_layer=64, rate_of_the_dropout=0.25) { Dense(3) }
model M { input [3] labels [${labels}] Dense(units_of_the_first + units_of_the_second + units_of_the_third_layer - 10)
Dense(30, kernel_initializer=glorot_uniform, bias_initializer=zeros, kernel_constraint=none) -> [30]
Reshape([1000000, 1000000, 1000000, 1000000, 1000000, 1000000, 1000000, 1000000, 1000000]) }`;
    const expected = `import {
  AnImportedBlockOfALongName,
  another_value_of_a_long_name,
} from "./blocks.layers"

let total =
  first_of_some_long_names * 2 +
  second_of_some_long_names -
  third_of_some_long_names

block Wide(
  units_of_the_first_layer,
  units_of_the_second_layer=64,
  rate_of_the_dropout=0.25,
) {
  Dense(3)
}

model M {
  input [3]
  labels [
    "label 0", "label 1", "label 2", "label 3", "label 4", "label 5", "label 6",
    "label 7", "label 8", "label 9", "label 10", "label 11",
  ]

  Dense(
    units_of_the_first + units_of_the_second + units_of_the_third_layer - 10,
  )
  Dense(
    30,
    kernel_initializer=glorot_uniform,
    bias_initializer=zeros,
    kernel_constraint=none,
  ) -> [30]
  Reshape([
    1000000, 1000000, 1000000, 1000000, 1000000, 1000000, 1000000, 1000000,
    1000000,
  ])
}
`;
    expect(await printModelFile(parse(text))).toBe(expected);
  });

  test("comments go before what they are about, and can't break out of their line", async () => {
    const file = parse("model M { input [3] Dense(2) }");
    const model = file.declarations[0] as Declaration;
    const layer = (model.kind === "model" ? model.body[1] : undefined) as BodyItem;
    const comments = new Map<Declaration | BodyItem, readonly string[]>([
      [model, ["first", "second"]],
      [layer, ["one\ntwo\u2028} three"]],
    ]);
    expect(await printModelFile(file, { comments })).toBe(
      "// first\n// second\nmodel M {\n  input [3]\n  // one\n  // two\n  // } three\n  Dense(2)\n}\n",
    );
  });

  test("a layer that begins a line as a part of an argument stands in parentheses, or would be taken for a statement", async () => {
    const file = parse("model M { input [3] Wrap(Foo(3) + 1, Dense(4), // one\n) }");
    const printed = await printModelFile(file);
    expect(printed).toContain("    (Foo(3) + 1),\n    Dense(4), // one\n");
    expect(meaning(parse(printed))).toEqual(meaning(file));
    expect(await printModelFile(parse(printed))).toBe(printed);
  });

  test("strings are kept as they are written, and labels have no quotes that they don't need", async () => {
    const text = 'model M { input [3] "a": D(("\\u0041")) "a b\\/": D() labels ["\\u00e9", "é"] }';
    expect(await printModelFile(parse(text))).toBe(
      'model M {\n  input [3]\n\n  a: D("\\u0041")\n  "a b\\/": D()\n\n  labels ["\\u00e9", "é"]\n}\n',
    );
  });

  test.each([
    ["-2**2", "-2**2"],
    ["(-2)**2", "(-2)**2"],
    ["2**-1", "2**-1"],
    ["(2**3)**2", "(2**3)**2"],
    ["2**3**2", "2**3**2"],
    ["a-(b-c)", "a - (b - c)"],
    ["(a-b)-c", "a - b - c"],
    ["a*(b+c)", "a * (b + c)"],
    ["-(a+b)", "-(a + b)"],
    ["(a)", "a"],
    ["10 * 10 * 256", "10*10*256"],
    ["a*10", "a * 10"],
    ["- - 1", "--1"],
    ["1 - -1", "1 - -1"],
  ])("%s is written %s", async (written, printed) => {
    expect(await printModelFile(parse(`let x = ${written}`))).toBe(`let x = ${printed}\n`);
  });
});

test("any tree means the same after printing and parsing, and its print stays", async () => {
  await fc.assert(
    fc.asyncProperty(modelFile, fc.integer({ min: 1, max: 100 }), async (file, printWidth) => {
      const printed = await printModelFile(file, { printWidth });
      const again = parse(printed);
      expect(meaning(again)).toEqual(meaning(file));
      expect(await printModelFile(again, { printWidth })).toBe(printed);
    }),
    { numRuns: 120 },
  );
});
