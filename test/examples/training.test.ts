import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { compile } from "../../src/index.ts";
import { nodeFileSystem } from "../../src/node/file-system.ts";
import { createNodeHost } from "../../src/node/node-host.ts";
import { fit, type Samples } from "../gradients/fit.ts";
import type { Trainer, TrainerOptions } from "../gradients/make-trainer.ts";
import { runModule } from "../targets/support/run-module.ts";

const folder = fileURLToPath(new URL("../../examples/train/", import.meta.url));
const read = (name: string): string => readFileSync(`${folder}${name}`, "utf8");

/** What makes trainers of the model of a file, compiled as `layerc build --training --target wasm` does. */
async function trainerOf(file: string, model: string): Promise<(options: TrainerOptions) => Trainer> {
  // The weights of the clause are what training is to make.
  const text = read(file).replace(/ weights ".*"/, "");
  const host = createNodeHost(folder, nodeFileSystem);
  const result = await compile({ path: file, text }, { emit: "js", target: "wasm", training: true, host });
  expect(result.diagnostics).toEqual([]);
  const module = await runModule(String(result.files[0]?.content));
  return module[`create${model}Trainer`] as (options: TrainerOptions) => Trainer;
}

/** The rows of a file, of which the last column is the class. */
function samplesOf(file: string, labels: readonly string[]): Samples {
  const rows = read(file)
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));
  return {
    inputs: rows.map((row) => row.slice(0, -1).map(Number)),
    targets: rows.map((row) => labels.indexOf(row.at(-1)!)),
  };
}

function accuracy(trainer: Trainer, { inputs, targets }: Samples): number {
  return trainer.evaluate(inputs.flat(), targets)["accuracy"]!;
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length;

test("digits become as accurate as Keras made them: 0.9733 of those that the training never saw", async () => {
  const labels = Array.from({ length: 10 }, (_, digit) => String(digit));
  const [training, unseen] = [samplesOf("digits-train.csv", labels), samplesOf("digits-test.csv", labels)];
  expect([training.targets.length, unseen.targets.length]).toEqual([1347, 450]);
  const create = await trainerOf("digits.layers", "Digits");
  const reached = [1, 2, 3, 4, 5].map((seed) => {
    const trainer = create({ seed });
    fit(trainer, training, { epochs: 40, batch: 32, seed });
    return accuracy(trainer, unseen);
  });
  expect(Math.abs(mean(reached) - 0.9733), reached.join(", ")).toBeLessThanOrEqual(0.01);
});

test("iris is learned from four of five flowers", async () => {
  const all = samplesOf("iris.csv", ["setosa", "versicolor", "virginica"]);
  expect(all.targets.length).toBe(150);
  const part = (from: number, to: number): Samples => ({
    inputs: all.inputs.slice(from, to),
    targets: all.targets.slice(from, to),
  });
  const create = await trainerOf("iris.layers", "Iris");
  const reached = [1, 2, 3, 4, 5].map((seed) => {
    const trainer = create({ seed });
    fit(trainer, part(0, 120), { epochs: 60, batch: 32, seed });
    return accuracy(trainer, part(120, 150));
  });
  expect(mean(reached), reached.join(", ")).toBeGreaterThanOrEqual(0.94);
});
