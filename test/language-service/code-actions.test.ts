import { describe, expect, test } from "vitest";
import { fixture } from "../weights/support.ts";
import { actionsOf } from "./actions-of.ts";
import { open, type Files } from "./open.ts";

async function result(title: string | RegExp, marked: string, files: Files = {}): Promise<string | undefined> {
  const actions = await actionsOf(marked, files);
  return actions.find((action) => (typeof title === "string" ? action.title === title : title.test(action.title)))
    ?.result;
}

describe("what mends an error", () => {
  test("the fix of a diagnostic, and all of its kind", async () => {
    const marked = 'model M { input [4] Dense(3, activation="re<|>lu") Dense(3, activation="tanh") Dens(2) }';
    expect((await actionsOf(marked)).map(({ title, kind, isPreferred }) => [title, kind, isPreferred])).toEqual([
      ["Write relu", "quickfix", true],
      ["Fix all 2 of this kind (keyword-as-string)", "quickfix", false],
      ["Fix all that can be fixed", "source.fixAll", false],
    ]);
    expect(await result(/^Fix all 2/, marked)).toBe(
      "model M { input [4] Dense(3, activation=relu) Dense(3, activation=tanh) Dens(2) }",
    );
    expect(await result(/^Fix all that/, marked)).toBe(
      "model M { input [4] Dense(3, activation=relu) Dense(3, activation=tanh) Dense(2) }",
    );
  });

  test("the import of a name that another file declares", async () => {
    const files = {
      "lib/blocks.layers": "block Hidden(units) { Dense(units) } let width = 3",
      "a.layers": "let x = 1",
    };
    expect(
      await result(`Import 'Hidden' from "./lib/blocks.layers"`, "model M { input [4] Hid<|>den(3) }", files),
    ).toBe('import { Hidden } from "./lib/blocks.layers"\n\nmodel M { input [4] Hidden(3) }');
    expect(
      await result(
        `Import 'width' from "./lib/blocks.layers"`,
        '// Two files.\n\nimport { x } from "./a.layers"\nimport { Hidden } from "./lib/blocks.layers"\nmodel M { input [4] Hidden(wi<|>dth) Dense(x) }',
        files,
      ),
    ).toContain('import { Hidden, width } from "./lib/blocks.layers"');
    expect(await actionsOf("model M { input [4] Other<|>(3) }", files)).toEqual([]);
  });

  test("an input clause, of the shape that is known", async () => {
    expect(await result("Add input [1]", "model M<|> {\n  Dense(3)\n}")).toBe("model M {\n  input [1]\n  Dense(3)\n}");
    expect(await result("Add input [5]", "model M<|> { Dense(3) } model N { input [5] M Dense(2) }")).toBe(
      "model M { input [5] Dense(3) } model N { input [5] M Dense(2) }",
    );
    const files = { "digits.keras": fixture("trained/digits/digits.keras") };
    expect(await result("Add input [64]", 'model <|>M { weights "./digits.keras" Dense(3) }', files)).toBe(
      'model M { input [64] weights "./digits.keras" Dense(3) }',
    );
  });
});

describe("extract to a block", () => {
  const extract = "Extract to the block Extracted";
  test("layers of a model, with what stands above them", async () => {
    const text = `let n = 3

/// A model.
model M {
  input [4]
«  /// First.
  Dense(n)
  repeat 2 {
    Dense(5) // five
  }
»  Dense(2)
}
`;
    expect(await result(extract, text)).toBe(`let n = 3

block Extracted() {
  /// First.
  Dense(n)
  repeat 2 {
    Dense(5) // five
  }
}

/// A model.
model M {
  input [4]
  Extracted()
  Dense(2)
}
`);
  });

  test("layers of a block, whose parameters are passed on", async () => {
    expect(
      await result(extract, "block B(a, b, c=1) { Dense(a) «Dense(c) Dense(a)» } model M { input [4] B(1, 2) }"),
    ).toBe(
      "block Extracted(a, c) {\n  Dense(c) Dense(a)\n}\n\nblock B(a, b, c=1) { Dense(a) Extracted(a, c) } model M { input [4] B(1, 2) }",
    );
  });

  test.each([
    "model M { «input [4] Dense(3)» }",
    "model M { input [4] Den«se(3) Dense(4)» }",
    "model M { input [4] Dense(3)« » }",
    "«let n = 3» model M { input [4] Dense(n) }",
    "model M { input [4] «Dense(3) // and a\n» comment() }",
  ])("not %s", async (marked) => {
    expect(await result(extract, marked)).toBeUndefined();
  });
});

describe("inline a let", () => {
  test.each([
    ["let <|>n = 3\nmodel M { input [n] Dense(n) }", "model M { input [3] Dense(3) }"],
    [
      "/// Sum.\nlet n = 1 + 2\nmodel M { input [4] Dense(<|>n) Dense(2*n) Dense(2*(n)) }",
      "model M { input [4] Dense(1 + 2) Dense(2*(1 + 2)) Dense(2*(1 + 2)) }",
    ],
    ["let f = relu let g = <|>f model M { input [4] Dense(3, g) }", " let g = relu model M { input [4] Dense(3, g) }"],
    ["let <|>n = (1+2) let m = -n model M { input [4] Dense(m) }", " let m = -(1+2) model M { input [4] Dense(m) }"],
  ])("%s", async (marked, expected) => {
    expect(await result(/^Inline/, marked)).toBe(expected);
  });

  test.each([
    "let <|>n = m let m = 3 block B(m) { Dense(n) Dense(m) } model M { input [4] B(1) }",
    "let <|>n = n",
    "let <|>n = 3",
    "let <|>n = 3 let n = 4 model M { input [4] Dense(n) }",
    "let <|>n = model M { input [4] Dense(n) }",
  ])("not %s", async (marked) => {
    expect(await result(/^Inline/, marked)).toBeUndefined();
  });

  test("not one that another file imports", async () => {
    const text = "let <|>n = 3 model M { input [4] Dense(n) }";
    expect(await result(/^Inline/, text, { "b.layers": 'import { n } from "./main.layers"' })).toBeUndefined();
    expect(await result(/^Inline/, text, { "b.layers": 'import { m } from "./main.layers"' })).toBeDefined();
  });
});

test("imports are sorted, joined, and those that are not used deleted", async () => {
  const files = { "a.layers": "let x = 1 let y = 2 let z = 3", "b.layers": "let b = 1" };
  const text =
    'import { b } from "./b.layers"\nimport { z, <|>y } from "./a.layers"\nimport { x } from "./a.layers"\nmodel M { input [z] Dense(x) Dense(b) }';
  expect(await result("Organize imports", text, files)).toBe(
    'import { x, z } from "./a.layers"\nimport { b } from "./b.layers"\nmodel M { input [z] Dense(x) Dense(b) }',
  );
});

test("a shape that does not fit the weight file is an error at the layer, with both sides", async () => {
  const files = { "digits.keras": fixture("trained/digits/digits.keras") };
  const { analysis, text } = await open(
    'model Digits { weights "./digits.keras" input [64] Rescaling(1/16) hidden: Dense(65, activation=relu) Dropout(0.2) Dense(32, activation=relu) Dense(10, activation=softmax) }',
    files,
  );
  const [first] = analysis.result.diagnostics;
  expect(first).toMatchObject({ code: "weight-shape-mismatch" });
  expect(text.slice(first?.span?.start, first?.span?.end)).toBe("hidden: Dense(65, activation=relu)");
  expect(first?.message).toMatch(/needs the shape \[64, 65\], found \[64, 64\]/);
  expect(text.slice(first?.related[0]?.span.start, first?.related[0]?.span.end)).toBe('weights "./digits.keras"');
});
