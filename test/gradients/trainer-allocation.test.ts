import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { compileCode } from "../targets/support/compile-text.ts";
import type { Target } from "./make-trainer.ts";
import { batchFor, modelKinds, type ModelKind } from "./model-kinds.ts";

const folder = mkdtempSync(path.join(tmpdir(), "layerc-trainer-allocation-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const steps = 1000;

/** Many steps between two readings of the heap, after as many as V8 wants to see before it optimises; and the least growth of all readings. */
const program = (file: string, { dims, ...kind }: ModelKind): string => {
  const batches = [32, 7].map((samples) => batchFor(kind, samples));
  const list = batches.map(
    ({ inputs, targets }) => `[Float64Array.of(${inputs.join()}), Float64Array.of(${targets.join()})]`,
  );
  return `
import { createMTrainer } from "./${file}";
const trainer = createMTrainer({ seed: 1 });
const [large, small] = [${list.join(", ")}];
const dims = ${JSON.stringify(dims)};
const calls = (count) => {
  for (let call = 0; call < count; call++) {
    const [inputs, targets] = call % 4 === 0 ? small : large;
    trainer.step(inputs, targets, undefined, dims);
  }
};
for (let round = 0; round < 10; round++) calls(${steps});
let least = Infinity;
for (let round = 0; round < 20 && least > 40_000; round++) {
  gc();
  const before = process.memoryUsage();
  calls(${steps});
  const after = process.memoryUsage();
  least = Math.min(least, after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers);
}
console.log(JSON.stringify({ least, loss: trainer.step(...large, undefined, dims) }));
`;
};

const all = Object.keys(modelKinds).flatMap((name) =>
  (["typescript", "wasm"] satisfies Target[]).map((target) => [name, target] as const),
);

test.each(all)("steps allocate nothing after the first: %s, %s", async (name, target) => {
  const kind = modelKinds[name] as ModelKind;
  const { text } = await compileCode(kind.text, { emit: "js", target, training: true });
  const file = `${name}-${target}.mjs`;
  writeFileSync(path.join(folder, file), text);
  writeFileSync(path.join(folder, `run-${file}`), program(file, kind));
  // In the background the compiler would wait for a busy machine.
  const flags = ["--expose-gc", "--no-concurrent-recompilation"];
  const output = execFileSync(process.execPath, [...flags, path.join(folder, `run-${file}`)]);
  const { least, loss } = JSON.parse(output.toString()) as { readonly least: number; readonly loss: number };
  expect(Number.isFinite(loss)).toBe(true);
  // Of 1,000 steps; an array of one element a step would be 100,000 bytes. The number that a step gives is on the heap for a
  // moment, 12 bytes of it, and the readings themselves take a few kilobytes.
  expect(least).toBeLessThan(60_000);
});
