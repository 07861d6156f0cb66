import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { trainerCompiler } from "../../../src/fit/compile-trainer.ts";
import { runModule } from "../../../src/node/run-module.ts";
import { fakeCompile } from "./fake-trainer.ts";
import { irisModel, irisRows, makeTraining, type TrainingSandbox } from "./training-sandbox.ts";

const outputs = ["iris.safetensors", "iris.checkpoint.safetensors", "log.jsonl", "plot.svg"];

function contents({ folder }: TrainingSandbox): Readonly<Record<string, string>> {
  return Object.fromEntries(
    outputs.map((name) => {
      const file = path.join(folder, name);
      return [name, fs.existsSync(file) ? fs.readFileSync(file).toString("base64") : ""];
    }),
  );
}

/** A signal that asks to stop after so many steps, and a clock that lets every step be seen. */
function stopAfter(steps: number) {
  const stop = new AbortController();
  let done = 0;
  let time = 0;
  return {
    compileTrainer: fakeCompile(({ step }) => ({
      step(...given) {
        const loss = step(...given);
        if (++done === steps) stop.abort();
        return loss;
      },
    })),
    stopSignal: () => stop.signal,
    now: () => (time += 100),
  };
}

const options = "iris.layers --data iris.csv --log log.jsonl --plot plot.svg --seed 3";
/** The time that an epoch took differs. */
const still = { now: () => 0 };

describe("a training that was stopped", () => {
  // 50 samples, 40 of them trained on, in batches of 8: five steps an epoch, and a validation.
  const run = `${options} --epochs 4 --batch-size 8 --validation-split 0.2 --patience 3 --class-weights setosa:2`;

  test.each(Array.from({ length: 20 }, (_, at) => at + 1))("after step %i goes on bit for bit", async (steps) => {
    const whole = makeTraining();
    expect((await whole.run(run)).exitCode).toBe(0);
    const parts = makeTraining();
    const first = await parts.run(run, { environment: stopAfter(steps) });
    expect(first.exitCode).toBe(130);
    expect(first.stdout).toContain("The same command goes on with --resume");
    // The log of the first part has times; those of the second are 0 as in the whole run.
    const log = path.join(parts.folder, "log.jsonl");
    fs.writeFileSync(log, fs.readFileSync(log, "utf8").replaceAll(/"seconds":[\d.]+/g, '"seconds":0'));
    const second = await parts.run("iris.layers --data iris.csv --log log.jsonl --plot plot.svg --resume", {
      environment: still,
    });
    expect(second.stderr).toBe("");
    expect(second.exitCode).toBe(0);
    expect(contents(parts)).toEqual(contents(whole));
  });

  test("again and again, also with more epochs than at first", async () => {
    const whole = makeTraining();
    await whole.run(`${options} --epochs 6`);
    const parts = makeTraining();
    await parts.run(`${options} --epochs 2`);
    await parts.run(`${options} --epochs 4 --resume`);
    expect((await parts.run(`${options} --epochs 6 --resume`)).stdout).toContain(
      "Going on after epoch 4\nEpoch 5/6 - ",
    );
    expect(contents(parts)).toEqual(contents(whole));
    expect((await parts.run(`${options} --epochs 6 --resume`)).stdout).not.toContain("Epoch");
    expect(contents(parts)).toEqual(contents(whole));
  });

  test("with class weights and sizes in another order, which say the same", async () => {
    const sandbox = makeTraining();
    await sandbox.run(`${options} --epochs 2 --class-weights virginica:3,setosa:7`);
    const { stderr, stdout } = await sandbox.run(`${options} --epochs 3 --resume --class-weights setosa:7,virginica:3`);
    expect([stderr, stdout]).toEqual(["", expect.stringContaining("Going on after epoch 2")]);
    const sized = makeTraining({
      "sized.layers": "dim a\ndim b\nmodel Sized { input [a, b] compile(sgd, mse) Dropout(0.5) }\n",
      "sized.csv": "p,q,r,s\n1,2,3,4\n",
    });
    const run = (given: string) =>
      sized.run(`sized.layers --data sized.csv ${given}`, {
        environment: { compileTrainer: trainerCompiler(runModule) },
      });
    await run("--epochs 2 --dims b=2,a=1");
    expect(await run("--epochs 3 --resume --dims a=1,b=2")).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("Going on after epoch 2") as string,
    });
  });

  test("within its first epoch leaves a checkpoint and weights", async () => {
    const sandbox = makeTraining();
    const { stdout } = await sandbox.run(run, { environment: stopAfter(2) });
    expect(stdout).toContain("Stopped after step 2 of epoch 1\n");
    expect(fs.existsSync(path.join(sandbox.folder, "iris.safetensors"))).toBe(true);
    expect((await sandbox.run(`${options} --resume`)).stdout).toContain("Going on after step 2 of epoch 1");
  });

  test("gives the bits of another seed no more than those of another order", async () => {
    const results = await Promise.all(
      ["--seed 3", "--seed 4", "--seed 3 --no-shuffle"].map(async (given) => {
        const sandbox = makeTraining();
        await sandbox.run(`iris.layers --data iris.csv --epochs 2 --batch-size 8 ${given}`);
        return contents(sandbox)["iris.safetensors"];
      }),
    );
    expect(new Set(results).size).toBe(3);
  });
});

describe("a checkpoint of another training is told, with what differs", () => {
  test.each([
    ["--batch-size 16", "--batch-size is 16, there 8"],
    ["--seed 4", "--seed is 4, there 3"],
    ["--no-shuffle", "--no-shuffle is true, there not given"],
    ["--validation-split 0.2", "--validation-split is 0.2, there not given"],
    ["--class-weights setosa:2", "--class-weights is setosa:2, there not given"],
    ["--learning-rate 0.5", "--learning-rate is 0.5, there not given"],
    ["--inputs width,length", "--inputs is width,length, there not given"],
    ["--data other.csv", "the data is 60 rows with the checksum"],
  ])("%s", async (given, difference) => {
    const sandbox = makeTraining({ "other.csv": irisRows(60) });
    await sandbox.run(`${options} --epochs 2 --batch-size 8`);
    const before = contents(sandbox);
    const { exitCode, stderr } = await sandbox.run(`${options} --resume ${given}`);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      "error[checkpoint-differs]: 'iris.checkpoint.safetensors' is the checkpoint of another training",
    );
    expect(stderr).toContain(difference);
    expect(contents(sandbox)).toEqual(before);
  });

  test("another model, by its code or its state", async () => {
    const sandbox = makeTraining();
    await sandbox.run(`${options} --epochs 2`);
    const changed = { compileTrainer: fakeCompile(undefined, "deadbeef") };
    expect((await sandbox.run(`${options} --resume`, { environment: changed })).stderr).toContain(
      "the model is deadbeef, there 0badcafe",
    );
    const foreign = {
      compileTrainer: fakeCompile(() => ({
        restore() {
          throw new TypeError("a state of Digits, expected one of Iris");
        },
      })),
    };
    const { exitCode, stderr } = await sandbox.run(`${options} --resume`, { environment: foreign });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("a state of Digits, expected one of Iris")]);
  });

  test("none, one that is no checkpoint, and one that is damaged", async () => {
    const sandbox = makeTraining();
    const file = path.join(sandbox.folder, "iris.checkpoint.safetensors");
    expect((await sandbox.run(`${options} --resume`)).stderr).toContain(
      "Can't go on from the checkpoint 'iris.checkpoint.safetensors': no such file",
    );
    await sandbox.run(`${options} --epochs 2`);
    const content = fs.readFileSync(file);
    content[content.length - 9]! ^= 1;
    fs.writeFileSync(file, content);
    const { exitCode, stderr } = await sandbox.run(`${options} --resume --force`);
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining("its checksum is wrong: it was changed, or is cut off"),
    ]);
  });
});

test("the weights clause that is added after the first run changes nothing about going on", async () => {
  const whole = makeTraining();
  await whole.run(`${options} --epochs 4`);
  const parts = makeTraining();
  await parts.run(`${options} --epochs 2`);
  const bound = irisModel.replace("input [2]", 'weights "./iris.safetensors"\n  input [2]');
  fs.writeFileSync(path.join(parts.folder, "iris.layers"), bound);
  const { stdout } = await parts.run(`${options} --epochs 4 --resume`);
  expect(stdout).not.toContain("Add to Iris");
  expect(contents(parts)).toEqual(contents(whole));
});
