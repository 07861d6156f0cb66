import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseSource } from "../../src/syntax/parse-source.ts";
import { reparse } from "../../src/syntax/reparse/reparse.ts";

const path = "m.layers";

/** A tree as text would have it: absent properties are absent. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const texts = readdirSync("examples")
  .filter((name) => name.endsWith(".layers"))
  .map((name) => readFileSync(`examples/${name}`, "utf8"))
  .filter((text) => text.length < 4000);
const snippets = [
  ..."(){}[],:=\"'/*#.-+0123456789 \n".split(""),
  ..."Dense Dense(3) activation=relu repeat input model block let dim // /* */ /// -> [4] labels weights compile compile( for seed".split(
    " ",
  ),
  "\n  Dropout(0.5)\n",
  "\n// comment\n",
  "\n/// doc\n",
  "model N { input [2] Dense(2) }\n",
  "block compile() { Dense(2) }\n",
  "\n  compile(loss=mse)\n",
  "let n = 3\n",
  "a: ",
  "name=",
];
const edit = fc.record({
  /** Where the cursor goes, as a share of the text; it mostly stays near where it was. */
  jump: fc.option(fc.noBias(fc.nat({ max: 9999 })), { freq: 2 }),
  step: fc.integer({ min: -6, max: 6 }),
  away: fc.constantFrom(0, 0, 0, 1, 1, 2, 12),
  text: fc.oneof(fc.constant(""), fc.constantFrom(...snippets), fc.string({ maxLength: 3, unit: "grapheme" })),
  /** The text of before comes back instead. */
  isUndone: fc.constantFrom(false, false, true),
});

test("whatever is typed, the tree and the diagnostics are those of a fresh parse", () => {
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.array(edit, { minLength: 1, maxLength: 14 }), (start, edits) => {
      let text = start;
      let earlier = start;
      let cursor = start.length >> 1;
      let parsed = reparse(undefined, { path, text });
      for (const { jump, step, away, text: added, isUndone } of edits) {
        const at = jump === null ? cursor + step : Math.round((jump / 9999) * text.length);
        cursor = Math.min(Math.max(at, 0), text.length);
        const next = isUndone ? earlier : text.slice(0, cursor) + added + text.slice(cursor + away);
        earlier = text;
        text = next;
        cursor += added.length;
        parsed = reparse(parsed, { path, text });
        const fresh = parseSource({ path, text });
        expect(plain(parsed.diagnostics), text).toEqual(plain(fresh.diagnostics));
        expect(plain(parsed.value), text).toEqual(plain(fresh.value));
      }
    }),
    { numRuns: 30 },
  );
});

test.each([
  ["a number", "Dense(25)", "Dense(26)", 1],
  ["a value that is missing", "Dense(25)", "Dense(25, activation=)", 1],
  ["the name of a model", "model M", "model Longer", 0],
  ["a let", "n = 3", "n = 3 + 1", 1],
  ["a comment in front of all", "let", "// first\nlet", 1],
  ["a new layer", "Dense(25)", "Dense(25)\n  Dropout(0.5)", 2],
  ["a bracket that is missing, for which the whole file is looked at", "Dense(25)", "Dense(25", 54],
])("of %s, only what stands there is parsed", (_, from, to, fresh) => {
  const layers = Array.from({ length: 50 }, (__, at) => `  Dense(${at + 1}) // ${at}\n`).join("");
  const text = `let n = 3\n\nmodel M {\n  input [n]\n${layers}}\n\n/// Another.\nmodel N { input [2] Dense(2) }\n`;
  const first = reparse(undefined, { path, text });
  const nodesOf = (file: typeof first): readonly unknown[] =>
    file.value.declarations.flatMap((each): readonly unknown[] => (each.kind === "model" ? each.body : [each]));
  const before = new Set(nodesOf(first));
  const second = nodesOf(reparse(first, { path, text: text.replace(from, to) }));
  expect([...before].filter((node) => !second.includes(node))).toHaveLength(fresh);
});

test.each([
  [
    "an error elsewhere gives a reason for",
    "Dense(8, -1)\n  Dense(3)\n  Dense(2)",
    "Dense(3)",
    "Dense(3, activation=)",
  ],
  ["nothing gives a reason for any more", "Dense(8, -1)\n  Dense(3, activation=)\n  Dense(2)", "activation=", ""],
  [
    "a word elsewhere gives a reason for",
    "Dense(8, he_normal(seed=1))\n  Dense(3)\n  Dense(2)",
    "Dense(3)",
    "Dense(3, -1)",
  ],
])("a habit of another language that %s is told as in the whole file", (_, layers, from, to) => {
  const text = `model M {\n  input [2]\n  Dropout(0.1)\n  ${layers}\n}\n`;
  const edited = text.replace(from, to);
  const { value, diagnostics } = reparse(reparse(undefined, { path, text }), { path, text: edited });
  const whole = parseSource({ path, text: edited });
  expect(diagnostics).toEqual(whole.diagnostics);
  expect(value).toEqual(whole.value);
});

test.each([
  ["declared", "block other(", "block compile("],
  ["not declared any more", "block compile(", "block other("],
])("where a name is %s that is the word of a clause, all bodies are parsed again", (_, from, to) => {
  const text = `block other(n) { Dense(n) }\nmodel M {\n  input [2]\n  compile(3)\n  Dense(2)\n}\n`;
  const start = from === "block other(" ? text : text.replace(to, from);
  const edited = start.replace(from, to);
  expect(edited).not.toBe(start);
  const { value, diagnostics } = reparse(reparse(undefined, { path, text: start }), { path, text: edited });
  const whole = parseSource({ path, text: edited });
  expect(diagnostics).toEqual(whole.diagnostics);
  expect(value).toEqual(whole.value);
});

test("a body with a name that is the word of a clause is parsed in pieces as in the whole file", () => {
  const text = `block compile(n) { Dense(n) }\nmodel M {\n  input [2]\n  compile(3)\n  Dense(2)\n}\n`;
  const edited = text.replace("compile(3)", "compile(n=4)");
  const { value, diagnostics } = reparse(reparse(undefined, { path, text }), { path, text: edited });
  expect(diagnostics).toEqual([]);
  expect(value).toEqual(parseSource({ path, text: edited }).value);
});
