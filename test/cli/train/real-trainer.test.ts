import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { trainerCompiler } from "../../../src/fit/compile-trainer.ts";
import { runModule } from "../../../src/node/run-module.ts";
import { deflatedZip } from "../../support/deflated-zip.ts";
import { npy } from "../../support/npy.ts";
import { makeTraining, type TrainingSandbox, type TrainRunOptions } from "./training-sandbox.ts";

const irisData = fs.readFileSync(fileURLToPath(new URL("../../fixtures/data/iris.csv", import.meta.url)), "utf8");

/** A sandbox in which models are compiled as they are for users. */
function makeReal(files: Readonly<Record<string, string | Uint8Array>>): TrainingSandbox {
  const sandbox = makeTraining(files);
  const run = (argv: string, options: TrainRunOptions = {}): ReturnType<TrainingSandbox["run"]> =>
    sandbox.run(argv, {
      ...options,
      environment: { compileTrainer: trainerCompiler(runModule), ...options.environment },
    });
  return { ...sandbox, run };
}

interface Report {
  readonly training: {
    readonly target: string;
    readonly epochs: readonly Readonly<Record<string, number>>[];
    readonly before: Readonly<Record<string, number>>;
    readonly after: Readonly<Record<string, number>>;
  };
}

async function report(sandbox: TrainingSandbox, argv: string): Promise<Report["training"]> {
  const { stdout, stderr, exitCode } = await sandbox.run(`${argv} --report json`);
  expect([exitCode, stderr]).toEqual([0, ""]);
  return (JSON.parse(stdout) as Report).training;
}

const iris = `model Iris {
  input [4]
  compile(optimizer=adam(learning_rate=0.01), loss=sparse_categorical_crossentropy, metrics=[accuracy])
  Dense(16, activation=relu)
  Dense(3, activation=softmax)
  labels ["setosa", "versicolor", "virginica"]
}
`;

describe.each(["typescript", "wasm"])("trained with %s", (target) => {
  test("iris is told as well as by Keras, and the weights bind", async () => {
    const sandbox = makeReal({ "iris.layers": iris, "iris.csv": irisData });
    const {
      before,
      after,
      target: used,
    } = await report(sandbox, `iris.layers --data iris.csv --validation-split 0.25 --target ${target}`);
    expect(used).toBe(target);
    expect(before["accuracy"]).toBeLessThan(0.7);
    expect(after["accuracy"]).toBeGreaterThan(0.94);
    const bound = iris.replace("input [4]", 'weights "./iris.safetensors"\n  input [4]');
    fs.writeFileSync(path.join(sandbox.folder, "iris.layers"), bound);
    const again = await report(
      sandbox,
      `iris.layers --data iris.csv --validation-split 0.25 --epochs 1 --target ${target}`,
    );
    // The weights of the file are those that were measured.
    expect(again.before).toEqual(after);
  });

  test("a run that was stopped anywhere goes on bit for bit, dropouts, statistics and metrics included", async () => {
    const model = iris
      .replace("Dense(16, activation=relu)", "Dense(8, activation=relu)\n  BatchNormalization()\n  Dropout(0.3)")
      .replace("metrics=[accuracy]", "metrics=[accuracy, sparse_top_k_categorical_accuracy(k=2)]")
      .replace("adam(learning_rate=0.01)", "adam(learning_rate=exponential_decay(0.01, 10, 0.9), use_ema=true)");
    const files = { "iris.layers": model, "iris.csv": irisData };
    const run = `iris.layers --data iris.csv --epochs 4 --validation-split 0.25 --class-weights virginica:2 --seed 5 --target ${target}`;
    const outputs = (sandbox: TrainingSandbox): readonly string[] =>
      ["iris.safetensors", "iris.checkpoint.safetensors"].map((name) =>
        fs.readFileSync(path.join(sandbox.folder, name)).toString("base64"),
      );
    const whole = makeReal(files);
    expect((await whole.run(run)).exitCode).toBe(0);
    const parts = makeReal(files);
    // Every event comes at once; the process is asked to stop at the seventh, then at every fifth.
    const stopAt = (events: number) => {
      const stop = new AbortController();
      let time = 0;
      return { stopSignal: () => stop.signal, now: () => ((time += 100) > events * 100 ? (stop.abort(), time) : time) };
    };
    expect((await parts.run(run, { environment: stopAt(14) })).exitCode).toBe(130);
    for (;;) {
      const { exitCode, stderr } = await parts.run(`${run} --resume`, { environment: stopAt(25) });
      expect(stderr).toBe("");
      if (exitCode === 0) break;
      expect(exitCode).toBe(130);
    }
    expect(outputs(parts)).toEqual(outputs(whole));
  });
});

test("xor is learnt from JSONL, with one number as target", async () => {
  const xor = `model Xor {
  input [2]
  compile(optimizer=adam(learning_rate=0.05), loss=binary_crossentropy, metrics=[accuracy])
  Dense(8, activation=tanh)
  Dense(1, activation=sigmoid)
}
`;
  const rows = [
    [0, 0, 0],
    [0, 1, 1],
    [1, 0, 1],
    [1, 1, 0],
  ]
    .map(([a, b, y]) => `{"x":[${a},${b}],"y":${y}}\n`)
    .join("");
  const sandbox = makeReal({ "xor.layers": xor, "xor.jsonl": rows });
  const { after } = await report(sandbox, "xor.layers --data xor.jsonl --epochs 200 --batch-size 4");
  expect(after).toMatchObject({ accuracy: 1 });
  expect(after["loss"]).toBeLessThan(0.05);
});

test("classes become numbers of each for a loss that takes those, and give the same run as numbers would", async () => {
  const model = iris.replace("sparse_categorical_crossentropy", "categorical_crossentropy");
  const words = ["setosa", "versicolor", "virginica"];
  const [header = "", ...rows] = irisData.trimEnd().split("\n");
  const numbers = rows.map((row) => {
    const cells = row.split(",");
    return [...cells.slice(0, 4), ...words.map((word) => (cells[4] === word ? 1 : 0))].join(",");
  });
  const file = [header.replace("species", "a,b,c"), ...numbers].join("\n");
  const sandbox = makeReal({ "iris.layers": model, "iris.csv": irisData, "numbers.csv": file });
  const one = await report(sandbox, "iris.layers --data iris.csv --epochs 3");
  expect((await report(sandbox, "iris.layers --data numbers.csv --epochs 3")).epochs).toEqual(one.epochs);
  const sparse = makeReal({ "iris.layers": iris, "iris.csv": irisData });
  expect((await report(sparse, "iris.layers --data iris.csv --epochs 3")).epochs[2]?.["loss"]).toBeCloseTo(
    one.epochs[2]?.["loss"] as number,
    10,
  );
});

test("a regression with several targets", async () => {
  const model = `model Plane {
  input [2]
  compile(optimizer=adam(learning_rate=0.05), loss=mse, metrics=[mean_absolute_error])
  Dense(2)
}
`;
  const rows = Array.from({ length: 64 }, (_, at) => {
    const [x, y] = [(at % 8) / 8, Math.floor(at / 8) / 8];
    return `${x},${y},${2 * x - y + 1},${x + 3 * y}`;
  });
  const sandbox = makeReal({ "plane.layers": model, "plane.csv": `x,y,u,v\n${rows.join("\n")}\n` });
  const { before, after } = await report(sandbox, "plane.layers --data plane.csv --epochs 200");
  expect(before["loss"]).toBeGreaterThan(1);
  expect(after["mean_absolute_error"]).toBeLessThan(0.01);
});

test("sizes that are known only at run time are those of --dims", async () => {
  const model = `dim time
model Steps {
  input [time, 1]
  compile(optimizer=adam(learning_rate=0.05), loss=mse)
  Dense(1)
}
`;
  const x = Array.from({ length: 40 }, (_, at) => Math.sin(at));
  const archive = deflatedZip({
    "x.npy": npy("<f8", [10, 4, 1], x),
    "y.npy": npy(
      "<f8",
      [10, 4, 1],
      x.map((value) => 2 * value + 1),
    ),
  });
  const sandbox = makeReal({ "steps.layers": model, "steps.npz": archive });
  const { after } = await report(sandbox, "steps.layers --data steps.npz --dims time=4 --epochs 300");
  expect(after["loss"]).toBeLessThan(1e-3);
  const { stderr } = await sandbox.run("steps.layers --data steps.npz --dims time=5");
  expect(stderr).toContain("'x' has the shape [10, 4, 1], for the shape [n, 5, 1]");
  // The checkpoint is told to be of another training, not an option that nobody gave to be wrong.
  fs.writeFileSync(path.join(sandbox.folder, "steps.layers"), model.replace("dim time\n", "").replace("time", "4"));
  const other = await sandbox.run("steps.layers --data steps.npz --resume");
  expect(other.stderr).toContain("is the checkpoint of another training: --dims is not given, there time=4");
});

test("weights are written as averages where the optimizer keeps those, and training goes on without them", async () => {
  const model = iris.replace("learning_rate=0.01", "learning_rate=0.01, use_ema=true, ema_momentum=0.9");
  const run = "iris.layers --data iris.csv --epochs 2";
  const averaged = makeReal({ "iris.layers": model, "iris.csv": irisData });
  const plain = makeReal({ "iris.layers": iris, "iris.csv": irisData });
  const [one, other] = [await report(averaged, run), await report(plain, run)];
  expect(one.epochs).toEqual(other.epochs);
  expect(one.after).not.toEqual(other.after);
});

test("a learning rate that is far too high is told, and a row that an Embedding has no index for", async () => {
  const sandbox = makeReal({ "iris.layers": iris.replace("adam", "sgd"), "iris.csv": irisData });
  const { exitCode, stderr } = await sandbox.run("iris.layers --data iris.csv --learning-rate 1e30");
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/error\[train-diverged\]: The loss of Iris became (NaN|infinite) in epoch 1, at step \d of 5/);

  const words = "model Words { input [2] compile(sgd, mse) Embedding(10, 4) Flatten() Dense(1) }\n";
  const rows = Array.from({ length: 20 }, (_, at) => `${at % 10},${at === 12 ? 10 : at === 15 ? 0.5 : 1},0.5`);
  const embedded = makeReal({ "words.layers": words, "words.csv": `a,b,y\n${rows.join("\n")}\n` });
  const told = (await embedded.run("words.layers --data words.csv")).stderr;
  expect(told).toContain("error[data-cell-not-number]: Column 'b' has 10, expected a whole number from 0 to 9");
  expect(told).toContain("words.csv:14:3");
  expect(told).toContain("17 │ 5,0.5,0.5\n   │   --- here, too");
  // Of numbers that other layers make, the trainer itself says so.
  fs.writeFileSync(path.join(embedded.folder, "words.layers"), words.replace("Embedding", "Rescaling(1) Embedding"));
  expect((await embedded.run("words.layers --data words.csv")).stderr).toContain(
    "Row 13 of 'words.csv' can't be trained with: Words",
  );
});

test("layers whose names have dots, and a run that goes on from another folder", async () => {
  const model = iris.replace("Dense(16,", '"first.layer": Dense(16,');
  const sandbox = makeReal({ "iris.layers": model, "iris.csv": irisData, "deep/er/x": "" });
  const whole = await report(sandbox, "iris.layers --data iris.csv --epochs 2 --out whole.safetensors");
  await sandbox.run("iris.layers --data iris.csv --epochs 1");
  const { stdout, stderr } = await sandbox.run(
    "../../iris.layers --data ../../iris.csv --epochs 2 --resume --report json",
    {
      environment: { cwd: path.join(sandbox.folder, "deep/er") },
    },
  );
  expect(stderr).toBe("");
  const { training } = JSON.parse(stdout) as Report;
  expect(training.after).toEqual(whole.after);
});

test("a trained file goes on from its arrays, where it says how it was compiled", async () => {
  const example = (name: string) =>
    fs.readFileSync(fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url)));
  const xorData = "a,b,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n";
  const sandbox = makeReal({ "xor.keras": example("xor.keras"), "xor.csv": xorData });
  const { stdout, exitCode } = await sandbox.run("xor.keras --data xor.csv --epochs 2");
  expect(exitCode).toBe(0);
  expect(stdout).toContain("Going on from the weights of ./xor.keras");
  expect(stdout).toContain("Xor -> xor.trained.safetensors\n");
  expect(stdout).toContain(
    'layerc import xor.keras writes a model file that can bind them: weights "./xor.trained.safetensors"\n',
  );
  const untrained = makeReal({
    "mlp.keras": fs.readFileSync(
      fileURLToPath(new URL("../../fixtures/keras/models/xor_2_8_1/model.keras", import.meta.url)),
    ),
    "xor.csv": xorData,
  });
  const { stderr } = await untrained.run("mlp.keras --data xor.csv");
  expect(stderr).toMatch(
    /has no compile clause[^]*help: layerc import mlp\.keras writes it as a model file, to which it can be added: compile\(/,
  );
});

test("a Normalization that nothing has measured is told, with the numbers of the training", async () => {
  const flats = "model Flats { input [2] Normalization() Dense(1) compile(adam(0.1), mse) }\n";
  const rows = Array.from({ length: 30 }, (_, at) => `${100 + at},${at % 3},${50 + at}`);
  const sandbox = makeReal({ "flats.layers": flats, "flats.csv": `size,rooms,price\n${rows.join("\n")}\n` });
  const { stderr } = await sandbox.run("flats.layers --data flats.csv --epochs 1");
  const measured = "Normalization(mean=[114.5, 1], variance=[74.917, 0.66667])";
  expect(stderr).toContain("warning[normalization-unmeasured]: Normalization 'normalization' has the mean 0");
  expect(stderr).toContain(`those of the training are ${measured}`);
  fs.writeFileSync(path.join(sandbox.folder, "flats.layers"), flats.replace("Normalization()", measured));
  const mended = await sandbox.run("flats.layers --data flats.csv --epochs 300 --force");
  expect(mended.stderr).toBe("");
  expect(mended.stdout).toMatch(/loss \d+\.\d+ -> \d+\.\d+ on the 30 samples/);
});

test("a training that makes the loss larger says so", async () => {
  const model = "model M { input [1] Dense(1) compile(sgd(0.02), mse) }\n";
  const sandbox = makeReal({ "m.layers": model, "m.csv": "a,y\n10,1\n11,1\n-9,2\n" });
  const { stdout, exitCode } = await sandbox.run("m.layers --data m.csv --epochs 2");
  expect(exitCode).toBe(0);
  expect(stdout).toContain("The loss is larger than before: try a lower learning rate");
});
