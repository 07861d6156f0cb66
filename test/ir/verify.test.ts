import { describe, expect, test } from "vitest";
import { addIndex, indexConstant, indexVariable } from "../../src/ir/index-expression.ts";
import {
  load,
  type DataBuffer,
  type Kernel,
  type LoopProgram,
  type Statement,
  type Value,
} from "../../src/ir/loops.ts";
import { dimSize, staticSize, type Size } from "../../src/ir/size.ts";
import { verify } from "../../src/ir/verify.ts";

const buffer = (kind: DataBuffer["kind"], size: Size): DataBuffer => ({
  kind,
  name: kind === "input" ? "x" : "y",
  size,
});

/** A program of one kernel over an input and an output of six elements. */
function program(body: readonly Statement[], size: Size = staticSize(6)): LoopProgram {
  const [input, output] = [buffer("input", size), buffer("output", size)];
  const kernel: Kernel = {
    origins: [{ path: ["net", "dense"], description: "" }],
    inputs: [input],
    output,
    body,
    multiplyAdds: staticSize(0),
    plan: { strategy: "loops", reason: "" },
  };
  return { dims: size.dims, input, output, kernels: [kernel] };
}

const six = staticSize(6);
const x = buffer("input", six);
const y = buffer("output", six);
const i = indexVariable("i");
const loop = (to: Size, body: readonly Statement[], step = 1, from = 0): Statement => ({
  kind: "for",
  variable: "i",
  from,
  to,
  step,
  body,
});
const store = (index = i, value: Value = load(x, i)): Statement => ({ kind: "store", buffer: y, index, value });
const local = (name: string): Value => ({ kind: "local", name });
const zero: Value = { kind: "const", value: 0 };

/** Rows of a run-time number: the first by itself where it is odd, then `row` and `row + second`. */
function rowsByTwos(second: number): LoopProgram {
  const time = dimSize("time");
  const write = (index: typeof i): Statement => ({ kind: "store", buffer: buffer("output", time), index, value: zero });
  const rows = { kind: "for", variable: "i", from: 0, to: time } as const;
  return program(
    [
      { ...rows, step: 1, part: "odd", body: [write(indexConstant(0))] },
      { ...rows, step: 2, part: "pairs", body: [write(i), write(addIndex(i, indexConstant(second)))] },
    ],
    time,
  );
}

describe("programs that are right", () => {
  test.each<[string, LoopProgram]>([
    ["a copy", program([loop(six, [store()])])],
    ["steps of two", program([loop(six, [store(addIndex(i, indexConstant(1)))], 2)])],
    ["a loop over nothing", program([loop(staticSize(0), [store(indexConstant(99))])])],
    [
      "a local",
      program([
        { kind: "var", name: "sum", value: zero },
        { kind: "add", name: "sum", value: zero },
      ]),
    ],
    [
      "a run-time size",
      program(
        [loop(dimSize("time"), [{ kind: "store", buffer: buffer("output", dimSize("time")), index: i, value: zero }])],
        dimSize("time"),
      ),
    ],
    ["a row by itself, then pairs", rowsByTwos(1)],
  ])("%s", (_, right) => expect(() => verify(right)).not.toThrow());
});

describe("programs that are broken", () => {
  test.each<[string, LoopProgram, RegExp]>([
    ["a write past the end", program([loop(staticSize(7), [store(i, zero)])]), /access 0\.\.6 of a buffer of 6/],
    ["a read past the end", program([loop(staticSize(7), [store(indexConstant(0))])]), /access 0\.\.6/],
    ["a read before the start", program([store(indexConstant(0), load(x, indexConstant(-1)))]), /access -1\.\.-1/],
    [
      "a stride that is too long",
      program([loop(six, [store(indexVariable("i", staticSize(2)), zero)])]),
      /access 0\.\.10/,
    ],
    ["a step past the end", program([loop(staticSize(5), [store(i, zero)], 2)]), /'i' steps past 5/],
    ["a variable of no loop", program([store(indexVariable("j"), zero)]), /'j' is not in scope/],
    ["a loop variable after its loop", program([loop(six, []), store(i, zero)]), /'i' is not in scope/],
    [
      "a local that is read before it is declared",
      program([store(indexConstant(0), local("sum"))]),
      /'sum' is read before/,
    ],
    [
      "a local that is changed before it is declared",
      program([{ kind: "add", name: "sum", value: zero }]),
      /'sum' is changed before/,
    ],
    [
      "a local of an inner list",
      program([loop(six, [{ kind: "let", name: "e", value: zero }]), store(indexConstant(0), local("e"))]),
      /'e' is read before/,
    ],
    [
      "a local that is read in its own declaration",
      program([{ kind: "let", name: "e", value: local("e") }]),
      /'e' is read before/,
    ],
    [
      "a run-time size that is too short for three steps",
      program(
        [loop(dimSize("time"), [{ kind: "store", buffer: buffer("output", staticSize(2)), index: i, value: zero }])],
        dimSize("time"),
      ),
      /access 0\.\.2 of a buffer of 2/,
    ],
    ["pairs of which the second row is outside", rowsByTwos(2), /access 3\.\.3 of a buffer of 3/],
  ])("%s", (_, broken, message) => {
    expect(() => verify(broken)).toThrow(message);
    expect(() => verify(broken)).toThrow("net/dense");
  });
});
