import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { compileCode } from "./support/compile-text.ts";

const folder = mkdtempSync(path.join(tmpdir(), "layerc-allocation-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// V8 keeps what a call that it did not inline returns on the heap for a moment, and it inlines only so many calls of
// `gelu` a function: fully unrolled, the layer takes an activation that is written in place.
const source = (activation: string): string => `dim time
model Net { input [20]  Dense(20, activation=${activation})  Dense(8)  Softmax() }
model Steps { input [time, 6]  Dense(5, activation=silu)  Softmax()  Dense(2) }`;

/** Weights of the right shapes, then many calls with an output given, between two readings of the heap. */
const program = (unroll: string): string => `
import { createNet, createSteps } from "./${unroll}.mjs";
const array = (length) => Float32Array.from({ length }, (_, at) => Math.sin(at) / 4);
const dense = (inputs, units) => ({ kernel: array(inputs * units), bias: array(units) });
const net = createNet({ dense: dense(20, 20), dense_1: dense(20, 8) });
const steps = createSteps({ dense: dense(6, 5), dense_1: dense(5, 2) });
const [x, xs, samples] = [array(20), array(7 * 6), array(37 * 20)];
const [y, ys, batch] = [new Float32Array(8), new Float32Array(7 * 2), new Float32Array(37 * 8)];
const dims = { time: 7 };
const calls = (count) => {
  for (let call = 0; call < count; call++) {
    net.forward(x, y);
    net.forwardBatch(x, y);
    if (call % 10 === 0) net.forwardBatch(samples, batch);
    steps.forward(xs, ys);
    steps.forwardBatch(xs, ys, dims);
  }
};
// Until its functions are optimised, V8 keeps numbers on the heap.
for (let round = 0; round < 10; round++) calls(2000);
let least = Infinity;
for (let round = 0; round < 60 && least > 20_000; round++) {
  gc();
  const before = process.memoryUsage();
  calls(2000);
  const after = process.memoryUsage();
  least = Math.min(least, after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers);
}
console.log(JSON.stringify({ least, finite: [...y, ...ys, ...batch].every(Number.isFinite) }));
`;

test.each(["auto", "full", "none"] as const)("calls with an output allocate nothing: --unroll %s", async (unroll) => {
  const { text } = await compileCode(source(unroll === "full" ? "silu" : "gelu"), { emit: "js", unroll });
  writeFileSync(path.join(folder, `${unroll}.mjs`), text);
  writeFileSync(path.join(folder, `run-${unroll}.mjs`), program(unroll));
  // In the background the compiler would wait for a busy machine.
  const output = execFileSync(process.execPath, [
    "--expose-gc",
    "--no-concurrent-recompilation",
    path.join(folder, `run-${unroll}.mjs`),
  ]);
  const { least, finite } = JSON.parse(output.toString()) as { least: number; finite: boolean };
  expect(finite).toBe(true);
  // 8,000 calls; the readings themselves take a few kilobytes, an array of one element a call would take 800,000 bytes.
  expect(least).toBeLessThan(40_000);
});
