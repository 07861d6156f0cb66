import { expect, test } from "vitest";
import { indexConstant } from "../../src/ir/index-expression.ts";
import type { DataBuffer } from "../../src/ir/loops.ts";
import { staticSize } from "../../src/ir/size.ts";
import type { VectorProgram, VectorStatement, VectorValue } from "../../src/vectors/vector-loops.ts";
import { joinKernels } from "../../src/vectors/join-kernels.ts";
import { interpret } from "./interpret.ts";

const x: DataBuffer = { kind: "input", name: "x", size: staticSize(8) };
const a: DataBuffer = { kind: "scratch", name: "a", size: staticSize(6) };
const y: DataBuffer = { kind: "output", name: "y", size: staticSize(4) };

function load(buffer: DataBuffer, at: number, access: "vector" | "splat" = "vector"): VectorValue {
  return { kind: "load", buffer, index: indexConstant(at), access };
}

function store(buffer: DataBuffer, at: number, count: number, value: VectorValue): VectorStatement {
  return { kind: "store", buffer, index: indexConstant(at), count, value };
}

/** A kernel that fills the buffer between, then one that reads it, by themselves and joined. */
function both(first: readonly VectorStatement[], second: readonly VectorStatement[]): readonly number[][] {
  const separate: VectorProgram = {
    dims: [],
    input: x,
    output: y,
    kernels: [
      { origins: [], inputs: [x], output: a, body: first },
      { origins: [], inputs: [a], output: y, body: second },
    ],
  };
  const run = { input: [1, 2, 3, 4, 5, 6, 7, 8], samples: 1, dims: {}, weights: new Map(), fused: true };
  return [separate, joinKernels(separate)].map((program) => [...interpret(program, run)]);
}

test("what a partial vector leaves of memory is read with it", () => {
  const [separate, joined] = both(
    [store(a, 0, 4, load(x, 0)), store(a, 0, 2, load(x, 4))],
    [store(y, 0, 4, load(a, 0))],
  );
  expect(separate).toEqual([5, 6, 3, 4]);
  expect(joined).toEqual(separate);
});

test("a vector that ends with its buffer, whole ones and single elements are read from locals", () => {
  const first = [store(a, 0, 4, load(x, 0)), store(a, 4, 2, load(x, 4))];
  const second = [store(y, 0, 4, load(a, 0)), store(y, 0, 2, load(a, 4)), store(y, 3, 1, load(a, 1, "splat"))];
  const [separate, joined] = both(first, second);
  expect(separate).toEqual([5, 6, 3, 2]);
  expect(joined).toEqual(separate);
  const program = joinKernels({
    dims: [],
    input: x,
    output: y,
    kernels: [{ origins: [], inputs: [x], output: y, body: [...first, ...second] }],
  });
  const reads = JSON.stringify(program.kernels[0]?.body).match(/"kind":"load","buffer":{"kind":"scratch"/g);
  expect(reads).toBeNull();
});
