import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { MAX_DIAGNOSTICS, MAX_RELATED_SHOWN, MAX_TEXT_LENGTH } from "../../src/diagnostics/limits.ts";
import { visibleText } from "../../src/diagnostics/visible-text.ts";
import { check, compile, diagnosticsToJson, renderDiagnostics } from "../../src/index.ts";
import type { Statement } from "../../src/ir/loops.ts";
import { forEachStatement } from "../../src/ir/visit-statements.ts";
import { lowerToLoops } from "../../src/lower/graph-to-loops.ts";
import { budget } from "../../src/passes/budget.ts";
import { codeSize } from "../../src/passes/code-size.ts";
import { unroll, unrolledLoops } from "../../src/passes/loops/unroll.ts";
import { checkBackEndLimits } from "../../src/stages/check-limits.ts";
import { limitDiagnostics } from "../../src/stages/limit-diagnostics.ts";
import { lowerModel } from "../../src/stages/lower-model.ts";
import { planModel, type PlannedModel } from "../../src/stages/plan-model.ts";

afterEach(() => vi.restoreAllMocks());

/** The models of a source, planned to be unrolled. */
async function planned(text: string, mode: "full" | "auto" = "full"): Promise<readonly PlannedModel[]> {
  const { models } = await check(text);
  const binding = { kind: "argument" } as const;
  return Promise.all(models.map((model) => planModel(lowerModel({ model, binding }), { unroll: mode })));
}

const inModel = (text: string): string => `model M { input [2] ${text} }`;

describe("diagnostics", () => {
  const sources = {
    "labels in quotes": `model M { input [2] Dense(2) labels [${'"'.repeat(4_000)}] }`,
    "words without a comma": `model M { input [2] Dense(2) labels [${"a ".repeat(2_000)}] }`,
    "layers that nobody has": inModel("Relu ".repeat(2_000)),
    "names of one declaration": "dim d\n".repeat(2_000),
    "names that are none": inModel("é ".repeat(2_000)),
  };

  test.each(Object.entries(sources))("of %s are counted and not shown beyond a limit", async (_, text) => {
    const { diagnostics } = await check(text);
    expect(diagnostics.length).toBe(MAX_DIAGNOSTICS + 1);
    const last = diagnostics.at(-1);
    expect(last).toMatchObject({ code: "too-many-diagnostics", severity: "hint" });
    expect(last?.message).toMatch(/^'model\.layers' has [\d,]+ more problems, not shown$/);
  });

  test("are all shown at the limit; what is left out is counted; an error is left out for no warning", () => {
    const some = (severity: "error" | "warning", count: number, code: string = severity): readonly Diagnostic[] =>
      Array.from({ length: count }, () => ({ code, severity, message: code, related: [] }));
    const atLimit = some("warning", MAX_DIAGNOSTICS);
    expect(limitDiagnostics(atLimit, "m.layers")).toEqual(atLimit);
    const mixed = [...some("warning", MAX_DIAGNOSTICS), ...some("error", 30), ...some("warning", 21, "last")];
    const shown = limitDiagnostics(mixed, "m.layers");
    expect(shown.slice(0, -1)).toEqual([...some("warning", MAX_DIAGNOSTICS - 30), ...some("error", 30)]);
    expect(shown.at(-1)?.message).toBe("'m.layers' has 51 more problems, not shown");
    expect(limitDiagnostics(some("error", 1_000), "m.layers").length).toBe(MAX_DIAGNOSTICS + 1);
  });

  test("quote no more of a text than somebody reads, in every report", async () => {
    for (const name of ["x".repeat(100_000), "ü".repeat(100_000), "😀".repeat(50_000)]) {
      for (const text of [inModel(`${name}(3)`), inModel(`Dense("${name}")`), inModel(`Dense(2, ${name}=2)`)]) {
        const { diagnostics, sources: read } = await check(text);
        const texts = diagnosticsToJson(diagnostics, read).flatMap(({ message, label, help, fix }) => [
          message,
          label ?? "",
          help ?? "",
          fix?.title ?? "",
        ]);
        expect(Math.max(...texts.map(({ length }) => length))).toBeLessThanOrEqual(MAX_TEXT_LENGTH + 1);
        expect(texts.join("")).not.toMatch(/\p{Cs}/u);
        expect(renderDiagnostics(diagnostics, read).length).toBeLessThan(8 * MAX_TEXT_LENGTH * diagnostics.length);
      }
    }
  });

  test("show some of many places, and say how many others there are", async () => {
    const count = 500;
    const text = inModel("Dense(2);".repeat(count));
    const { diagnostics, sources: read } = await check(text);
    expect(diagnostics[0]?.related.length).toBe(count - 1);
    const shown = renderDiagnostics(diagnostics, read);
    expect(shown.match(/-+ the same here/g)?.length).toBe(MAX_RELATED_SHOWN);
    expect(shown).toContain(`= see: ${count - 1 - MAX_RELATED_SHOWN} more places, not shown`);
  });

  test("are rendered in a time that grows with their texts", () => {
    // Each character that the segmenter answers comes with a copy of all that it was given.
    const copied = (text: string): number => {
      let copies = 0;
      const { segment } = Intl.Segmenter.prototype;
      vi.spyOn(Intl.Segmenter.prototype, "segment").mockImplementation(function (this: Intl.Segmenter, given) {
        const found = segment.call(this, given);
        copies += given.length * [...found].length;
        return segment.call(this, given);
      });
      visibleText(text);
      vi.restoreAllMocks();
      return copies;
    };
    for (const unit of ["ü", "e\u0301", "👩‍👩‍👧", "\u202e", "界a"]) {
      const [once, twice] = [unit.repeat(2_000), unit.repeat(4_000)].map(copied) as [number, number];
      expect(twice / once).toBeLessThan(2.1);
    }
  });

  test("characters are whole, however long the text before them is", () => {
    const clusters = ["a", " ", "ü", "e\u0301", "👩‍👩‍👧", "🇩🇪", "界", "\u0301", "한", "🏳️‍🌈"];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...clusters), { minLength: 1, maxLength: 120 }), (parts) => {
        const text = `${parts.join("")}é`;
        const whole = [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text)];
        // A mark of its own at the start of a character, or a bidirectional control, would show otherwise.
        expect(visibleText(text)).toBe(whole.map(({ segment }) => segment).join(""));
      }),
    );
  });
});

test("a doc comment may have as many lines as a file", async () => {
  const lines = 40_000;
  const { models, diagnostics } = await check(`${"/// a\n".repeat(lines)}model M { input [2] Dense(2) }`);
  expect(diagnostics).toEqual([]);
  expect(models[0]?.doc?.split("\n").length).toBe(lines);
});

test.each(["(", "[", "{", "([{", "Dense(", "f([", "repeat 2 {", "-(", "1+[", "{ a: ["])(
  "twenty thousand brackets of %j are a diagnostic with a place",
  async (brackets) => {
    for (const text of [
      brackets.repeat(20_000),
      `let a = ${brackets.repeat(20_000)}`,
      inModel(brackets.repeat(20_000)),
      inModel(`Dense(${brackets.repeat(20_000)}`),
    ]) {
      const { diagnostics } = await check(text);
      const errors = diagnostics.filter(({ severity }) => severity === "error");
      expect(errors.length).toBeGreaterThan(0);
      expect(errors[0]?.span).toBeDefined();
    }
  },
);

describe("--unroll full", () => {
  const small = [
    "input [3, 7] Activation(sparsemax)",
    "input [5] Softmax()",
    "input [4, 3] Permute([2, 1])",
    "input [4, 3] GlobalAveragePooling1D()",
    "input [6] LayerNormalization()",
    "input [4, 6] GroupNormalization(groups=2)",
    "input [6] UnitNormalization() Rescaling(2, 1)",
    "input [3] Embedding(10, 4)",
    "input [3] RepeatVector(2)",
    "input [6] Activation(glu)",
    'input [2, 3] EinsumDense("abc,cd->abd", [2, 4])',
    "input [3, 4] Dense(5, gelu) BatchNormalization()",
    "input [time, 3] Dense(2) Softmax()",
  ];

  test.each(small)("counts what it writes out: %s", async (body) => {
    const [model] = await planned(`${body.includes("time") ? "dim time\n" : ""}model M { ${body} }`);
    if (model === undefined) throw new Error("the model is wrong");
    const which = unrolledLoops({ unroll: "full" });
    for (const { body: loops } of lowerToLoops(model.graph, model.plans).kernels) {
      const written = unroll(loops, which);
      expect(codeSize(loops, which)).toBe(codeSize(written, () => false));
      expect(codeSize(loops, which)).toBeGreaterThanOrEqual(count(written));
    }
  });

  function count(statements: readonly Statement[]): number {
    let found = 0;
    forEachStatement(statements, () => found++);
    return found;
  }

  test.each([
    "input [3, 891] Activation(sparsemax)",
    "input [100000] Softmax()",
    "input [100000] ReLU()",
    "input [1000, 100] Permute([2, 1])",
    "input [2000, 300] GlobalAveragePooling1D()",
    "input [100000] LayerNormalization()",
    "input [1000] RepeatVector(100)",
    "input [2000] Embedding(10, 100)",
    'input [400, 40] EinsumDense("abc,cd->abd", [400, 40])',
    "input [1000] Dense(1000)",
  ])("is refused where that is too much: %s", async (body) => {
    const text = `model M { ${body} }`;
    const { diagnostics, files } = await compile(text, { unroll: "full" });
    expect(files).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["code-too-large"]);
    expect(diagnostics[0]?.help).toBe("leave out `--unroll full`");
    expect(checkBackEndLimits(await planned(text, "auto"))).toEqual([]);
  });

  test("is refused for all models of a file together, at the first that is one too many", async () => {
    const text = ["A", "B", "C", "D"].map((name) => `model ${name} { input [500] Dense(400) }`).join("\n");
    expect(
      (await compile(text, { unroll: "full" })).diagnostics.filter(({ severity }) => severity === "error"),
    ).toMatchObject([{ code: "code-too-large", span: { start: text.indexOf("C {"), end: text.indexOf("C {") + 1 } }]);
  });
});

describe("layers of a module", () => {
  const limit = budget.moduleLayers;
  const codes = async (text: string): Promise<readonly string[]> =>
    checkBackEndLimits(await planned(text, "auto")).map(({ code, message }) => `${code}: ${message}`);

  test("are refused beyond a limit, for all models of a file together", async () => {
    expect(await codes(inModel(`repeat ${limit} { Dense(2) }`))).toEqual([]);
    const message = (name: string, layers: string): string =>
      `module-too-long: With '${name}' the module has ${layers} layers, and holds at most 2,000`;
    expect(await codes(inModel(`repeat ${limit + 1} { Dense(2) }`))).toEqual([message("M", "2,001")]);
    const models = ["A", "B", "C", "D"].map((name) => `model ${name} { input [2] repeat 800 { ReLU() } }`).join("\n");
    expect(await codes(models)).toEqual([message("C", "2,400")]);
  });

  test("that are elementwise make no expression of any depth", async () => {
    const [model] = await planned(inModel("repeat 200 { ReLU() }"), "auto");
    const operations = model?.graph.operations ?? [];
    expect(operations.length).toBe(Math.ceil(200 / budget.joinedFunctions));
    const { files } = await compile(inModel("repeat 200 { ReLU() }"));
    expect(files.length).toBe(1);
  });

  test("that are small are loops where there are many of them", async () => {
    const strategies = async (count: number): Promise<readonly string[]> => {
      const [model] = await planned(`model M { input [32] repeat ${count} { Softmax() } }`, "auto");
      return [...new Set([...(model?.plans.values() ?? [])].map(({ strategy }) => strategy))];
    };
    expect(await strategies(budget.modelElements / 32)).toEqual(["straight-line"]);
    expect(await strategies(budget.modelElements / 32 + 1)).toEqual(["loops"]);
  });
});

test("a call may have as many wrong arguments as a file", async () => {
  const { diagnostics } = await check(inModel(`Dense(2, ${"wrong = 1, ".repeat(20_000)})`));
  expect(diagnostics.filter(({ code }) => code === "unknown-argument").length).toBeGreaterThan(100);
});
