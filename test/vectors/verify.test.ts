import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addIndex, indexConstant, indexVariable, type Index } from "../../src/ir/index-expression.ts";
import type { DataBuffer } from "../../src/ir/loops.ts";
import { samplesAxis } from "../../src/ir/samples.ts";
import { staticSize } from "../../src/ir/size.ts";
import type { VectorProgram, VectorStatement, VectorValue } from "../../src/vectors/vector-loops.ts";
import { vectorWeightLength, vectorWeights } from "../../src/vectors/program-weights.ts";
import { interpret } from "./interpret.ts";
import { graphOf, instructionSets, modelOf, programsOf, verify, type Lowered } from "./programs.ts";

const texts = [
  "model M { input [7] Dense(13, tanh) Dense(50) }",
  "model M { input [5] Dense(9, softmax) }",
  "model M { input [60] Dense(8, relu) }",
  "model M { input [531] Dense(16, use_bias=false) }",
  "model M { input [3, 6] LayerNormalization() Dense(12) }",
  "model M { input [3, 5] Softmax(axis=1) Permute([2, 1]) }",
  "model M { input [2, 6] Activation(glu) PReLU() }",
  "model M { input [3] Embedding(4, 6) GlobalAveragePooling1D() }",
  "dim time model M { input [time, 6] GroupNormalization(2) Dense(9) Softmax(axis=1) }",
];

const programs: readonly Lowered[] = (
  await Promise.all(
    texts.map(async (text) => {
      const graph = graphOf(await modelOf(text));
      return instructionSets.flatMap((instructions) => programsOf(graph, instructions));
    }),
  )
).flat();

/** Runs a program as the verifier tries it; throws at an access out of bounds and at locals not set. */
function run(program: VectorProgram, samples: number): void {
  const weights = new Map(
    [...vectorWeights(program)].map(([key, buffer]) => [key, new Float32Array(vectorWeightLength(buffer))]),
  );
  try {
    interpret(program, { input: [], samples, dims: { time: 3 }, weights, fused: true });
  } catch (error) {
    // An index that is none is what a changed program may read; that ends it.
    if (!/ is (?:NaN|-?[\d.]+)$/.test((error as Error).message)) throw error;
  }
}

test("programs as they are lowered are accepted", () => {
  expect(programs.length).toBe(texts.length * 6);
  programs.forEach(verify);
});

/** Any part of a program: a statement, a value, an index, a term, a size. */
type Part = Readonly<Record<string, unknown>>;

/** Replaces the `at`th number for which `matches` says so; gives the number of them all. */
function change<Node>(
  root: Node,
  matches: (key: string, parent: Part) => boolean,
  at: number,
  by: (value: number) => number,
): { readonly node: Node; readonly found: number } {
  let found = 0;
  const visit = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(visit);
    if (typeof node !== "object" || node === null) return node;
    const part = node as Part;
    const copy: Record<string, unknown> = {};
    for (const key in part) {
      const value = part[key];
      // The buffers themselves stay as they are.
      if (key === "buffer") copy[key] = value;
      else if (typeof value !== "number") copy[key] = visit(value);
      else copy[key] = matches(key, part) && found++ === at ? by(value) : value;
    }
    return copy;
  };
  return { node: visit(root) as Node, found };
}

const positions = {
  /** The constant of an index. */
  constant: (key: string) => key === "constant",
  /** How far one step of a variable moves. */
  stride: (key: string, parent: Part) => key === "factor" && !("variable" in parent) && Array.isArray(parent["dims"]),
  margin: (key: string) => key === "margin",
  count: (key: string, parent: Part) => key === "count" && parent["kind"] === "store",
  step: (key: string, parent: Part) => key === "step" && parent["kind"] === "for",
  from: (key: string, parent: Part) => key === "from" && parent["kind"] === "for",
} as const;

describe("a program with one number changed", () => {
  test.each(Object.keys(positions) as (keyof typeof positions)[])("is refused or stays in bounds: %s", (what) => {
    let refused = 0;
    let harmless = 0;
    const keep = (key: string, parent: Part): boolean => positions[what](key, parent);
    const bodies = programs.map(({ program }) => program.kernels.map(({ body }) => body));
    const counts = bodies.map((body) => change(body, keep, -1, (value) => value).found);
    fc.assert(
      fc.property(
        fc.nat(programs.length - 1),
        fc.nat(100_000),
        fc.constantFrom(-8, -4, -1, 1, 2, 4, 100),
        (one, pick, by) => {
          const lowered = programs[one] as Lowered;
          const { program } = lowered;
          const found = counts[one] as number;
          if (found === 0) return;
          const { node } = change(bodies[one] as (typeof bodies)[number], keep, pick % found, (value) => value + by);
          const broken: VectorProgram = {
            ...program,
            kernels: program.kernels.map((kernel, at) => ({ ...kernel, body: node[at] as readonly VectorStatement[] })),
          };
          try {
            verify({ ...lowered, program: broken });
          } catch {
            refused += 1;
            return;
          }
          harmless += 1;
          for (const samples of [1, 5, 6, 13]) if (samples >= lowered.fewest) run(broken, samples);
        },
      ),
      { numRuns: 100 },
    );
    expect(refused).toBeGreaterThan(0);
    expect(harmless).toBeGreaterThan(0);
  });
});

const x: DataBuffer = { kind: "input", name: "x", size: staticSize(8) };
const y: DataBuffer = { kind: "output", name: "y", size: staticSize(8) };
const samples = samplesAxis;
const whole = (body: readonly VectorStatement[]): Lowered => ({
  program: {
    dims: [],
    input: x,
    output: y,
    kernels: [{ origins: [{ path: ["net", "dense"], description: "" }], inputs: [x], output: y, body }],
  },
  fewest: 1,
  most: Infinity,
});
const load = (index: Index, access: "vector" | "splat" = "vector"): VectorValue => ({
  kind: "load",
  buffer: x,
  index,
  access,
});
const store = (index: Index, value: VectorValue, count = 4): VectorStatement => ({
  kind: "store",
  buffer: y,
  index,
  count,
  value,
});
const loop = (variable: string, to: number, step: number, ...body: VectorStatement[]): VectorStatement => ({
  kind: "for",
  variable,
  from: 0,
  to: { ...samples, factor: to },
  step,
  body,
});
const i = indexVariable("i");
const past = (index: Index, by: number): Index => addIndex(index, indexConstant(by));
const zero: VectorValue = { kind: "const", value: 0 };
const local = (name: string): VectorValue => ({ kind: "local", name });
const tile = (margin: number, guarded = true): readonly VectorStatement[] => {
  const row = indexVariable("row", staticSize(8));
  const tiles = loop(
    "first",
    1,
    6,
    { kind: "at-most", name: "row", value: indexVariable("first"), end: samples, margin },
    store(row, zero),
    store(past(row, 5 * 8 + 4), zero),
  );
  return guarded ? [{ kind: "if-at-least", size: samples, count: 6, then: [tiles], otherwise: [] }] : [tiles];
};

test.each<readonly [what: string, good: readonly VectorStatement[], bad: readonly VectorStatement[], message: RegExp]>([
  [
    "a number read behind the end",
    [loop("i", 8, 1, store(i, load(i, "splat"), 1))],
    [loop("i", 8, 1, store(i, load(past(i, 1), "splat"), 1))],
    /access 1\.\.8 of a buffer of 8/,
  ],
  [
    "a number read before the start",
    [loop("i", 8, 1, store(i, load(i, "splat"), 1))],
    [loop("i", 8, 1, store(i, load(past(i, -1), "splat"), 1))],
    /access -1\.\./,
  ],
  [
    "a vector read four elements behind the end",
    [loop("i", 8, 4, store(i, load(past(i, 3))))],
    [loop("i", 8, 4, store(i, load(past(i, 4))))],
    /access 4\.\.11 of a buffer of 8/,
  ],
  [
    "a store that runs over the end",
    [store(indexConstant(5), zero, 3)],
    [store(indexConstant(5), zero, 4)],
    /access 5\.\.8 of a buffer of 8/,
  ],
  ["a store of five numbers", [store(indexConstant(0), zero)], [store(indexConstant(0), zero, 5)], /a store of 5/],
  [
    "steps that leave a part of a vector over",
    [loop("i", 8, 4, store(i, zero))],
    [loop("i", 8, 3, store(i, zero))],
    /access/,
  ],
  ["a loop without end", [loop("i", 8, 4)], [loop("i", 8, 0)], /never ends/],
  [
    "a local that is not declared",
    [{ kind: "let", name: "a", value: zero }, store(indexConstant(0), local("a"))],
    [store(indexConstant(0), local("a"))],
    /'a' is read before it is declared/,
  ],
  [
    "a local of another block",
    [loop("i", 8, 4, { kind: "let", name: "a", value: zero }, store(i, local("a")))],
    [loop("i", 8, 4, { kind: "let", name: "a", value: zero }), store(indexConstant(0), local("a"))],
    /'a' is read before/,
  ],
  [
    "a change of what is not declared",
    [
      { kind: "var", name: "a", value: zero },
      { kind: "set", name: "a", value: zero },
    ],
    [{ kind: "set", name: "a", value: zero }],
    /'a' is changed before/,
  ],
  [
    "a loop variable behind its loop",
    [loop("i", 8, 4, store(i, zero))],
    [loop("i", 8, 4), store(i, zero)],
    /'i' is not in scope/,
  ],
  ["a last tile that begins too late", tile(6), tile(5), /access/],
  ["a last tile that begins before the first row", tile(6), tile(7), /access -8\.\./],
  ["tiles for fewer rows than they have", tile(6), tile(6, false), /access -40\.\./],
])("%s is refused", (_what, good, bad, message) => {
  verify(whole(good));
  expect(() => verify(whole(bad))).toThrow(message);
  expect(() => verify(whole(bad))).toThrow("vector program of 'net/dense' for ");
});
