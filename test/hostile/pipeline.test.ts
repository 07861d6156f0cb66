import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile, hasErrors, renderDiagnostics, type CompileResult } from "../../src/index.ts";
import { anyText } from "../support/any-text.ts";
import { exampleFiles, exampleTexts, hostOf } from "./examples.ts";

const host = hostOf(exampleFiles);

/** Compiles anything, and checks what holds for every source. */
async function compileAnything(text: string, files = host): Promise<CompileResult> {
  const result = await compile({ path: "model.layers", text }, { host: files });
  const { diagnostics, sources } = result;
  if (hasErrors(diagnostics))
    expect({ files: result.files, reports: result.reports }).toEqual({ files: [], reports: [] });
  else expect(result.files.length).toBe(result.models.length > 0 ? 1 : 0);
  const rendered = renderDiagnostics(diagnostics, sources);
  expect(rendered).not.toMatch(/undefined|\bNaN\b|\[object |\n\s+at /);
  return result;
}

/** The tokens of the examples, with the space between them. */
const pieces = [...new Set([...exampleTexts.values()].flatMap((text) => text.match(/\w+|"[^"]*"|->|\s+|./g) ?? []))];
const hostile = [
  ...'{}[]():,=*/%-+"\\`$',
  "->",
  "**",
  "///",
  "/*",
  "*/",
  "1e15",
  "1e308",
  "2**53",
  "__proto__",
  "constructor",
  "class",
  "\u2028",
  "\0",
  "\ud800",
  "repeat 1000000000 {",
];

describe("no source makes the compiler throw, or gives an output along with an error", () => {
  test("random text", async () => {
    const words = fc.array(fc.constantFrom(...pieces, ...hostile), { maxLength: 60 }).map((list) => list.join(""));
    await fc.assert(
      fc.asyncProperty(fc.oneof(anyText(200), words), async (text) => {
        await compileAnything(text);
      }),
      { numRuns: 300 },
    );
  });

  test("examples with tokens deleted, doubled, swapped and put in", async () => {
    const edit = fc.record({
      how: fc.constantFrom("delete", "double", "swap", "insert"),
      at: fc.nat(),
      other: fc.nat(),
      text: fc.constantFrom(...pieces, ...hostile),
    });
    let wrong = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...exampleTexts.values()),
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        async (example, edits) => {
          const tokens = example.match(/\w+|"[^"]*"|->|\s+|./g) ?? [];
          for (const { how, at, other, text } of edits) {
            const [i, j] = [at % tokens.length, other % tokens.length];
            const [a = "", b = ""] = [tokens[i], tokens[j]];
            if (how === "delete") tokens.splice(i, 1);
            if (how === "double") tokens.splice(i, 0, a);
            if (how === "insert") tokens.splice(i, 0, text);
            if (how === "swap") [tokens[i], tokens[j]] = [b, a];
          }
          if (hasErrors((await compileAnything(tokens.join(""))).diagnostics)) wrong++;
        },
      ),
      { numRuns: 200 },
    );
    expect(wrong).toBeGreaterThan(50);
  });

  test("examples with bytes changed", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...exampleTexts.values()),
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 }),
        async (example, changes) => {
          const bytes = new TextEncoder().encode(example);
          for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
          await compileAnything(new TextDecoder().decode(bytes));
        },
      ),
      { numRuns: 150 },
    );
  });

  test("weight files cut short, changed, or of something else", async () => {
    const original = exampleFiles.get("iris.keras") as Uint8Array;
    const damaged = fc.oneof(
      fc.nat({ max: original.length - 1 }).map((length) => original.slice(0, length)),
      fc
        .array(fc.tuple(fc.nat({ max: original.length - 1 }), fc.nat({ max: 255 })), { minLength: 1 })
        .map((changes) => {
          const bytes = original.slice();
          for (const [at, byte] of changes) bytes[at] = byte;
          return bytes;
        }),
      fc.uint8Array({ maxLength: 300 }),
    );
    let wrong = 0;
    await fc.assert(
      fc.asyncProperty(damaged, async (bytes) => {
        const files = new Map(exampleFiles).set("iris.keras", bytes);
        const result = await compileAnything(exampleTexts.get("iris.layers") as string, hostOf(files));
        if (hasErrors(result.diagnostics)) wrong++;
      }),
      { numRuns: 150 },
    );
    expect(wrong).toBeGreaterThan(50);
  });

  test("the examples themselves are right", async () => {
    for (const text of exampleTexts.values()) expect((await compileAnything(text)).diagnostics).toEqual([]);
  });
});

describe("absurd files end promptly with a diagnostic of their own", () => {
  const lines = (count: number, line: (at: number) => string): string =>
    Array.from({ length: count }, (_, at) => line(at)).join("\n");
  const brackets = (count: number): string => "(".repeat(count) + "1" + ")".repeat(count);

  test.each<readonly [string, string, string]>([
    ["a layer of 1e15 units", "model M { input [4] Dense(1e15) }", "axis-too-large"],
    ["many of the largest layers", "model M { input [4] repeat 99 { Dense(2**26) } }", "too-many-parameters"],
    ["a billion layers", "model M { input [4] repeat 1e9 { Dense(4) } }", "repeat-too-often"],
    [
      "repeats in repeats",
      `model M { input [4] ${"repeat 1000 { ".repeat(10)} Dense(4) ${"}".repeat(10)} }`,
      "too-many-layers",
    ],
    ["brackets in brackets", `model M { input [4] Dense(${brackets(5000)}) }`, "nesting-too-deep"],
    ["a long expression", `model M { input [4] Dense(${"1+".repeat(5000)}1) }`, "expression-too-deep"],
    ["a block in itself", "block B() { Dense(4) B() } model M { input [4] B() }", "recursive-use"],
    ["blocks in a circle", "block A() { B() } block B() { A() } model M { input [4] A() }", "recursive-use"],
    ["a model in itself", "model M { input [4] Dense(4) M }", "recursive-use"],
    ["models in a circle", "model A { input [4] B } model B { input [4] A }", "recursive-use"],
    ["a file that imports itself", 'import { A } from "./model.layers" model M { input [4] A }', "import-cycle"],
    ["10,001 layers", `model M { input [4]\n${lines(10_001, () => "Dense(4)")} }`, "too-many-layers"],
    ["a power of powers", "model M { input [4] Dense(9**9**9) }", "number-not-finite"],
  ])("%s", async (_title, text, code) => {
    const files = new Map(exampleFiles).set("model.layers", new TextEncoder().encode(text));
    const { diagnostics } = await compileAnything(text, hostOf(files));
    expect(diagnostics.map((each) => each.code)).toContain(code);
  });
});
