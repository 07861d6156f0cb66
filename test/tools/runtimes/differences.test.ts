import { expect, test } from "vitest";
import type { ModelResult } from "./case.ts";
import { differencesOf } from "./differences.ts";
import { pathKey } from "./outputs-of-node24.ts";
import { record, type Recording } from "./recording.ts";
import { readTable, wrongStatements } from "./stated-differences.ts";

function recorded(...outputs: readonly (readonly number[])[]): Recording {
  const recording: Recording = { rows: [], order: [] };
  for (const output of outputs) record(recording, Float32Array.from(output), 2);
  return recording;
}

function result(outputs: Recording): ModelResult {
  const rest = { compared: 0, error: 0, disagreement: 0, refusals: [], failures: [] };
  return { variant: "wasm", example: "sum", model: "Sum", backend: "wasm-simd", outputs, ...rest };
}

const ofNode24 = recorded([1, 2], [0, -3]);
const outputs = new Map([[pathKey(result(ofNode24)), ofNode24]]);
const next = 1 + 2 ** -23;

test("a row that comes again is kept once", () => {
  expect(recorded([1, 2, 3, 4, 1, 2]).order).toEqual([0, 1, 0]);
});

test.each<readonly [string, Recording, number | undefined]>([
  ["the same bits", recorded([1, 2], [0, -3]), undefined],
  ["the next number", recorded([next, 2], [0, -3]), 1],
  ["the other zero", recorded([1, 2], [-0, -3]), 1],
  ["the number below a negative one", recorded([1, 2], [0, -3 - 2 ** -22]), 1],
  ["a subnormal for zero", recorded([1, 2], [2 ** -149 * 5, -3]), 5],
  ["NaN", recorded([1, NaN], [0, -3]), Infinity],
  ["fewer values", recorded([1, 2]), Infinity],
])("%s is told", (_, found, ulps) => {
  expect(differencesOf([result(found)], outputs)).toEqual(ulps === undefined ? {} : { "wasm-simd, Sum": ulps });
});

const head = "| engine | path | models | why |\n| --- | --- | --- | --- |\n";

test("the table is read, and holds for what it states only", () => {
  const stated = readTable(`${head}| Bun | \`wasm-simd\`, \`typescript\` | \`Sum\` 3, \`Net\` 1 or none | it rounds |`);
  const ofBun = stated.get("Bun") ?? {};
  expect(ofBun).toEqual({
    "wasm-simd, Sum": { most: 3, isOptional: false },
    "wasm-simd, Net": { most: 1, isOptional: true },
    "typescript, Sum": { most: 3, isOptional: false },
    "typescript, Net": { most: 1, isOptional: true },
  });
  const ran = new Set(["wasm-simd, Sum", "wasm-simd, Net", "wasm-simd, Other"]);
  expect(wrongStatements(ofBun, { "wasm-simd, Sum": 3, "wasm-simd, Net": 1 }, ran)).toEqual([]);
  expect(wrongStatements(ofBun, { "wasm-simd, Sum": 4, "wasm-simd, Other": 2 }, ran)).toEqual([
    "wasm-simd, Sum: 4 ulp from Node 24, stated 3",
    "wasm-simd, Other: 2 ulp from Node 24, not stated",
  ]);
  expect(wrongStatements(ofBun, { "wasm-simd, Net": 2 }, ran)).toEqual([
    "wasm-simd, Sum: stated, and the bits are those of Node 24",
    "wasm-simd, Net: 2 ulp from Node 24, stated 1",
  ]);
});

test.each([
  ["| Netscape | `typescript` | `Sum` 3 | it rounds |", "no test runs modules in 'Netscape'"],
  ["| Hermes | `wasm-simd` | `Sum` 3 | it rounds |", "no test has Hermes take the path 'wasm-simd'"],
  ["| Hermes | `typescript` | Sum | it rounds |", "names no models"],
  ["| Hermes | `typescript` | `Sum` 3 |  |", "no reason"],
])("a row that nothing would hold to is refused: %s", (row, words) => {
  expect(() => readTable(head + row)).toThrow(words);
});
