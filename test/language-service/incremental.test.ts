import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import type { CheckResult } from "../../src/index.ts";
import { check } from "../../src/compile.ts";
import { formatShape } from "../../src/ir/shape.ts";
import { dense } from "../../src/layers/dense.ts";
import { createWorkspace } from "../../src/language-service/workspace.ts";
import type { Host } from "../../src/load/host.ts";

const blocks =
  "/// Two.\nblock Two(units, rate=0.1) { Dense(units, relu) Dropout(rate) }\nlet width = 8\nmodel Inner { input [8] Dense(8) }\n";

/** What the files beside the one that is edited hold; the test edits `b.layers`, too. */
function hostOf(files: ReadonlyMap<string, string>): Host {
  return {
    resolve: (_, relative) => relative.replace(/^\.\//, ""),
    async readText(path) {
      const content = files.get(path);
      return content === undefined ? { ok: false, reason: "no such file" } : { ok: true, content };
    },
    readBytes: async () => ({ ok: false, reason: "no such file" }),
  };
}

const own = [
  `let n = 4\nlet m = n * 2\ndim time\n\n/// A block.\nblock B(units) {\n  Dense(units, activation=relu) // a\n  LayerNormalization()\n}\n\nmodel M {\n  input [time, n]\n  first: Dense(m)\n  B(m)\n  B(8) -> [time, 8]\n  repeat 2 { Dense(m, tanh) }\n  N\n  Dense(3, softmax)\n}\n\nmodel N {\n  input [time, 8]\n  Dense(8)\n}\n`,
  `import { Two, width, Inner } from "./b.layers"\n\nmodel Net {\n  input [width]\n  Two(width)\n  Inner\n  Two(16, rate=0.2)\n  Dense(2, kernel_initializer=he_normal(seed=7))\n  labels ["a", "b"]\n  compile(adam(1e-3), loss=categorical_crossentropy, metrics=[accuracy])\n}\n`,
];
const examples = readdirSync("examples")
  .filter((name) => name.endsWith(".layers"))
  .map((name) => readFileSync(`examples/${name}`, "utf8").replace(/^\s*weights .*$/gm, ""))
  .filter((text) => text.length < 3000 && !text.includes("import "));
const snippets = [
  ...'(){}[],:="/*.-0123456789 \n'.split(""),
  ..."Dense Dense(3) activation=relu relu repeat input model block let dim // /// -> [4] n m time B(4) N units trainable=false compile(loss=mse) compile".split(
    " ",
  ),
  "\n  Dropout(0.5)\n",
  "\nlet n = 3\n",
  "model P { input [2] Dense(2) }\n",
  "/// doc\n",
];

const edit = fc.record({
  /** Where the cursor goes, as a share of the text; it mostly stays near where it was. */
  jump: fc.option(fc.noBias(fc.nat({ max: 9999 })), { freq: 2 }),
  step: fc.integer({ min: -5, max: 5 }),
  away: fc.constantFrom(0, 0, 0, 1, 1, 2, 9),
  text: fc.oneof(fc.constant(""), fc.constantFrom(...snippets), fc.string({ maxLength: 2, unit: "grapheme" })),
  /** The text of before comes back instead. */
  isUndone: fc.constantFrom(false, false, true),
  /** The imported file is edited. */
  isOther: fc.constantFrom(false, false, false, false, true),
});

/** All that features show of a result, with places. */
function shown({ diagnostics, index, models }: CheckResult): unknown {
  const steps = index.models.flatMap((model) =>
    model.steps.map(({ kind, statement, inputShape, outputShape, isLikely, trace }) => ({
      kind,
      at: statement.span,
      shapes: [inputShape, outputShape].map((shape) => shape && formatShape(shape)),
      isLikely,
      trace: trace?.span,
    })),
  );
  const definitions = index.definitions.map(({ name, span, uses }) => ({
    name,
    span,
    uses: uses.map((use) => use.span),
  }));
  const layers = models.map((model) =>
    model.layers.map(({ name, span, inputShape, trainable }) => ({
      name,
      span,
      inputShape: formatShape(inputShape),
      trainable,
    })),
  );
  const compiled = models.map(({ compile }) => compile && [compile.span, compile.loss.definition.identifier]);
  return JSON.parse(JSON.stringify({ diagnostics, steps, definitions, layers, compiled }));
}

test("whatever is typed, what is known of a file is what a fresh check finds out", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...own, ...own, ...examples),
      fc.array(edit, { minLength: 1, maxLength: 14 }),
      async (start, edits) => {
        const texts = new Map([
          ["a.layers", start],
          ["b.layers", blocks],
        ]);
        const earlier = new Map(texts);
        const cursors = new Map<string, number>();
        const workspace = createWorkspace(hostOf(texts));
        for (const { jump, step, away, text, isUndone, isOther } of [undefined, ...edits].map(
          (each) => each ?? { jump: null, step: 0, away: 0, text: "", isUndone: false, isOther: false },
        )) {
          const path = isOther ? "b.layers" : "a.layers";
          const before = texts.get(path) as string;
          const at =
            jump === null
              ? (cursors.get(path) ?? before.length >> 1) + step
              : Math.round((jump / 9999) * before.length);
          const cursor = Math.min(Math.max(at, 0), before.length);
          texts.set(
            path,
            isUndone ? (earlier.get(path) as string) : before.slice(0, cursor) + text + before.slice(cursor + away),
          );
          earlier.set(path, before);
          cursors.set(path, cursor + text.length);
          if (isOther) workspace.changed(path);
          workspace.set({ path: "a.layers", text: texts.get("a.layers") as string });
          const analysis = await workspace.analysis("a.layers");
          const source = { path: "a.layers", text: texts.get("a.layers") as string };
          const fresh = await check(source, { host: hostOf(texts) });
          expect(analysis && shown(analysis.result), JSON.stringify([...texts])).toEqual(shown(fresh));
        }
      },
    ),
    { numRuns: 20 },
  );
});

test("an edit of one layer among many has the shapes of two worked out, and no more", async () => {
  const build = vi.spyOn(dense, "build");
  const lines = Array.from({ length: 200 }, (_, at) => `  Dense(${8 + (at % 5)}, activation=relu)`);
  const text = `model M {\n  input [8]\n${lines.join("\n")}\n}\n`;
  const workspace = createWorkspace(hostOf(new Map()));
  const built = async (edited: string): Promise<number> => {
    build.mockClear();
    workspace.set({ path: "m.layers", text: edited });
    expect((await workspace.analysis("m.layers"))?.result.diagnostics).toEqual([]);
    return build.mock.calls.length;
  };
  expect(await built(text)).toBe(200);
  expect(await built(text.replace("Dense(10", "Dense(101"))).toBe(2);
  expect(await built(text)).toBe(2);
  expect(await built(`${text}model N { input [3] Dense(2) }\n`)).toBe(1);
  build.mockRestore();
});
