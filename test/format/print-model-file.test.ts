import { readdirSync, readFileSync } from "node:fs";
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
  test("is that of the examples", () => {
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
  hidden: Dense(64, activation=relu,
                kernel_initializer=he_normal(seed=7),
                kernel_regularizer=l2(0.0001))
  repeat 2 * width { Hidden(64) }
  "dense-1": Dense(2**3 - 1, use_bias=false) -> [time, 7]
  Encoder

  labels ["0", "1", "2", "3", "4", "5", "6"]
}
`;
    expect(printModelFile(parse(text))).toBe(text);
  });

  test("breaks long lists and calls", () => {
    const labels = Array.from({ length: 30 }, (_, at) => `"label ${at}"`).join(", ");
    const text = `model M { input [3] labels [${labels}] Dense(30, kernel_initializer=glorot_uniform, bias_initializer=zeros, kernel_constraint=none, bias_constraint=none) }`;
    const printed = printModelFile(parse(text));
    expect(printed.split("\n").every((line) => line.length <= 100)).toBe(true);
    expect(printed).toContain(
      "\n  Dense(30,\n        kernel_initializer=glorot_uniform,\n        bias_initializer=zeros,\n",
    );
    expect(printed).toMatch(/\n {10}"label \d+"/);
  });

  test("comments go before what they are about, and can't break out of their line", () => {
    const file = parse("model M { input [3] Dense(2) }");
    const model = file.declarations[0] as Declaration;
    const layer = (model.kind === "model" ? model.body[1] : undefined) as BodyItem;
    const comments = new Map<Declaration | BodyItem, readonly string[]>([
      [model, ["first", "second"]],
      [layer, ["one\ntwo\u2028} three"]],
    ]);
    expect(printModelFile(file, { comments })).toBe(
      "// first\n// second\nmodel M {\n  input [3]\n  // one\n  // two\n  // } three\n  Dense(2)\n}\n",
    );
  });

  test("a layer as an argument never begins a line, where it would be taken for a statement", () => {
    const seeds = Array.from({ length: 9 }, (_, at) => `a${at}=${"9".repeat(9)}`).join(", ");
    const file = parse(`model M { input [3] Wrap(1, Dense(3, ${seeds}), Dense(4)) }`);
    expect(meaning(parse(printModelFile(file)))).toEqual(meaning(file));
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
  ])("%s is written %s", (written, printed) => {
    expect(printModelFile(parse(`let x = ${written}`))).toBe(`let x = ${printed}\n`);
  });
});

test("every example means the same when it is printed, and its print stays", () => {
  const folder = new URL("../../examples/", import.meta.url);
  const examples = readdirSync(folder).filter((name) => name.endsWith(".layers"));
  expect(examples.length).toBeGreaterThan(3);
  for (const name of examples) {
    const file = parse(readFileSync(new URL(name, folder), "utf8"));
    const printed = printModelFile(file);
    expect(meaning(parse(printed))).toEqual(meaning(file));
    expect(printModelFile(parse(printed))).toBe(printed);
  }
});

test("any tree means the same after printing and parsing, and its print stays", () => {
  fc.assert(
    fc.property(modelFile, (file) => {
      const printed = printModelFile(file);
      const again = parse(printed);
      expect(meaning(again)).toEqual(meaning(file));
      expect(printModelFile(again)).toBe(printed);
    }),
    { numRuns: 1000 },
  );
});
