import { describe, expect, test } from "vitest";
import { diagnose } from "./marked-text.ts";

const codes = async (text: string): Promise<readonly string[]> =>
  (await diagnose(text)).diagnostics.map(({ code }) => code);

describe("all errors of a file come in one run", () => {
  test("in the order of the file", async () => {
    const { diagnostics, found, expected } = await diagnose(`
      let a = «1 / 0»
      block Unused(x) { Dense(x, activation=«"relu"») «Nope»() }
      model First {
        input [8]
        Dense(«0»)
        Dropout(«2»)
        «Dens»(3)
        labels ["a", «"a"»]
      }
      model Second {
        input [8]
        Dense(4, activation=«reluu»)
        Dense(2, «foo»=1)
        Reshape(«[3]»)
      }
      model «Class» { input [8] Dense(a) Dense(«b») }`);
    expect(found).toEqual(expected);
    expect(diagnostics.map(({ code }) => code)).toEqual([
      "division-by-zero",
      "keyword-as-string",
      "unknown-layer",
      "argument-range",
      "argument-range",
      "unknown-layer",
      "duplicate-label",
      "unknown-keyword",
      "unknown-argument",
      "reshape-size",
      "export-reserved",
      "unknown-name",
    ]);
  });

  test("a syntax error does not hide the rest, and what it swallows is not missed", async () => {
    const found = await codes(`
      model A { input [64] Dense( }
      model B { input [64] Dense(0) }`);
    expect(found).toContain("argument-range");
    expect(found).not.toContain("missing-argument");
    expect(found).not.toContain("model-without-layers");
    expect(await codes("model A { input [4, Dense(2) }")).not.toContain("missing-input");
  });
});

describe("what the parser has mended hides nothing", () => {
  test.each([
    ["model M { input [4] Dense(3) Dropout(«1.5»)«;» «Danse»(3) }"],
    ["model M { input [4] Dense(8, activation=«rleu», use_bias=«True») }"],
    ['model M { input [4] Dense(units«:» 8, activation=«"relu"», use_bias=«5») }'],
    ["model M { input [4] Dense(3)«,» Dense(9, «actvation»=relu), «Danse»(3) }"],
    ["model M { input [4] Dense(3«» use_bias=«5») out«=»Dense(«0») }"],
    ["model M { input [4] Dense(3«]» «Danse»(«0») }"],
    ["model M { input [4] Dense(3) }\n«modle» Other { input [4] «Danse»(3) }"],
    ["model M { input [4] repeat 2«» Dense(«0») }"],
    ["model M { input [4] Dense «8», «actvation»=relu\n }"],
    ["model M { input [«None», 4] Dense(«0») }"],
    ["model M { input «(»4,) Dense(3) «-> [4]» }"],
    ["model M { «Input»([4]) Dense(3) «-> [4]» }"],
    ["model M { input [4] weights «iris.keras» Dense(«0») }"],
    ["model M { input [4] Dense(3, activation=«'rleu'»)«;» «Flatten» }"],
  ])("%s", async (text) => {
    const { found, expected } = await diagnose(text);
    expect([...new Set(found)].toSorted()).toEqual(expected.toSorted());
  });
});

describe("one cause is reported once", () => {
  test.each([
    ["model M { input [4] repeat 2 Dense(3) }", "missing-body-brace"],
    ["model M { input [4] Dense 3 }", "arguments-without-parentheses"],
    ["model M { input [None, 4] Dense(3) -> [3] }", "none-in-shape"],
    ["model M { input [2, None] Dense(3) -> [2, 3] }", "none-in-shape"],
    ["model M { input (4,) Dense(3) -> [3] }", "shape-in-parentheses"],
    ["model M { Input([4]) Dense(3) }", "shape-in-parentheses"],
    ["model M { input [4] Dense(3, activation='relu') }", "wrong-quotes"],
    ["from x import Hidden\nmodel M { input [4] Hidden(3) }", "python-import"],
    ["import { Hidden } from x\nmodel M { input [4] Hidden(3) }", "unexpected-token"],
    ["let a = 1 model M { input [4] Dense(größe) }", "invalid-name"],
  ])("%s", async (text, code) => {
    expect(await codes(text)).toEqual([code]);
  });

  test.each([
    [
      "an unknown shape silences what follows",
      'model M { input [4] Dense(0) Reshape([9]) Dense(3) -> [5] Softmax(7) labels ["a"] }',
      ["argument-range"],
    ],
    [
      "a wrong let is silent where it is used",
      "let a = 1 / 0 let b = a + 1 model M { input [a] Dense(b) repeat a { Dense(a * 2) } }",
      ["division-by-zero"],
    ],
    [
      "a block that is expanded often",
      "block B() { Dense(0) } model M { input [4] repeat 1000 { B() } } model N2 { input [4] B() B() }",
      ["argument-range"],
    ],
    [
      "a shape that fits no block in many models",
      `block B() { Reshape([3]) } ${[1, 2, 3]
        .map((i) => `model M${i} { input [4] Dense(${i}) B() }`)
        .join(" ")
        .replace("Dense(3)", "Dense(5)")}`,
      ["reshape-size"],
    ],
    [
      "a nested model with an error",
      "model A { input [4] Thick(4) } model B { input [4] A A } model C { input [4] B Dense(3) -> [4] }",
      ["unknown-layer"],
    ],
    [
      "a cycle of blocks",
      "block A() { B() } block B() { C() A() } block C() { B() } model M { input [4] A() B() C() Dense(2) }",
      ["recursive-use"],
    ],
    ["a cycle of models", "model A { input [4] B } model B { input [4] A } model C { input [4] A }", ["recursive-use"]],
    [
      "a misspelt mandatory argument is not missing as well",
      "model M { input [4] Dense(unit=3) }",
      ["unknown-argument"],
    ],
    ["too many parameters", "model M { input [60000] Dense(60000) Dense(3) Dense(3) }", ["too-many-parameters"]],
  ])("%s", async (_title, text, expected) => {
    expect(await codes(text)).toEqual(expected);
  });

  test("different values at one place are different causes, each with its call", async () => {
    const { diagnostics, texts } = await diagnose(
      "block B(units) { Dense(units) } model M { input [4] B(0) B(0) B(-1) }",
    );
    expect(diagnostics.map(({ message }) => message)).toEqual([
      "'units' of Dense must be a positive integer, found 0",
      "'units' of Dense must be a positive integer, found -1",
    ]);
    const text = texts.get("main.layers") ?? "";
    expect(diagnostics[1]?.related.map(({ span, message }) => [text.slice(span.start, span.end), message])).toEqual([
      ["-1", "'units' is given here"],
      ["B(-1)", "in this use of block 'B'"],
    ]);
  });
});

describe("what a diagnostic says", () => {
  test("why a layer can't be named __proto__", async () => {
    const { diagnostics } = await diagnose("model M { input [4] __proto__: Dense(3) }");
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'A layer can\'t be named "__proto__": JavaScript has a meaning of its own for that property',
    ]);
  });

  test("None in Keras' Input is an axis of the sample", async () => {
    const { diagnostics } = await diagnose("model M { Input(shape=(None, 4)) Dense(3) }");
    expect(diagnostics.map(({ code, fix }) => [code, fix !== undefined])).toEqual([
      ["shape-in-parentheses", true],
      ["none-in-shape", false],
    ]);
  });

  test("the example of the language reference", async () => {
    const { diagnostics, texts } = await diagnose(
      "dim time\nmodel M {\n  input [64, time]\n  out: Dense(10) -> [3]\n}",
    );
    const text = texts.get("main.layers") ?? "";
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({
      code: "dense-last-axis-unknown",
      severity: "error",
      message: "Dense 'out' needs a known last axis to size its kernel, found [64, time]",
      label: "'time' is known only at run time",
    });
    const [place] = diagnostics[0]?.related ?? [];
    expect(place?.message).toBe("the shape starts here");
    expect(text.slice(place?.span.start, place?.span.end)).toBe("[64, time]");
  });

  test("a shape error points to the layer that made the shape", async () => {
    const { diagnostics, texts } = await diagnose("model M { input [4] Dense(6) ReLU() Reshape([5]) }");
    const text = texts.get("main.layers") ?? "";
    const [place] = diagnostics[0]?.related ?? [];
    expect(text.slice(place?.span.start, place?.span.end)).toBe("Dense(6)");
    expect(place?.message).toBe("the shape [6] comes from here");
  });

  test.each([
    ["Dens(3)", "did you mean 'Dense'?"],
    ["Hiden(3)", "did you mean 'Hidden'?"],
    ["Dense(3, activation=rleu)", "did you mean 'relu'?"],
    ["Dense(3, kernel_initializer=he_nromal)", "did you mean 'he_normal'?"],
    ["Dense(3, kernel_initialiser=he_normal)", "did you mean 'kernel_initializer'?"],
    ["Dense(widht)", "did you mean 'width'?"],
    ["relu()", "did you mean 'ReLU'?"],
    ["sigmoid()", "'sigmoid' is an activation; as a layer it is Activation(sigmoid)"],
    ["Dense", "write Dense(units)"],
    ["Dense(5 / 2)", "floor() rounds down"],
  ])("%s: %s", async (statement, help) => {
    const { diagnostics } = await diagnose(
      `let width = 3 block Hidden(u) { Dense(u) } model M { input [4] ${statement} }`,
    );
    expect(diagnostics.map((diagnostic) => diagnostic.help)).toEqual([help]);
  });

  test("a computed value is shown", async () => {
    const { diagnostics } = await diagnose("let n = 5 model M { input [4] Dense(n / 2) }");
    expect(diagnostics[0]).toMatchObject({ label: "this is 2.5", message: expect.stringContaining("found 2.5") });
  });

  test("the cycle is printed", async () => {
    const { diagnostics } = await diagnose("let a = b let b = c + 1 let c = a model M { input [4] Dense(2) }");
    expect(diagnostics[0]?.message).toBe("The value of 'a' depends on itself: a -> b -> c -> a");
    const blocks = await diagnose("block A() { B() } block B() { repeat 2 { A() } } model M { input [4] Dense(2) }");
    expect(blocks.diagnostics[0]?.message).toBe("The block 'A' uses itself: A -> B -> A");
  });
});

describe("a fix repairs its cause", () => {
  test.each([
    'model M { input [4] Dense(2, activation="relu") }',
    'model M { input [4] Dense("64") }',
    "model M { input [4] Flatten }",
    "block B(n=1) { Dense(n) } model M { input [4] B }",
    "model A { input [4] Dense(4) } model M { input [4] A ( ) }",
  ])("%s", async (text) => {
    const { diagnostics } = await diagnose(text);
    expect(diagnostics).toHaveLength(1);
    const edit = diagnostics[0]?.fix?.edits[0];
    if (edit === undefined) throw new Error("no fix");
    expect(await codes(text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end))).toEqual([]);
  });
});
