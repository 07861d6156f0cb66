import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { trainerCompiler } from "../../../src/fit/compile-trainer.ts";
import { nodeFileSystem } from "../../../src/node/file-system.ts";
import { runModule } from "../../../src/node/run-module.ts";
import { makeTraining, type TrainingSandbox, type TrainRunOptions } from "../train/training-sandbox.ts";

const fixture = (name: string): Buffer => fs.readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)));
const irisData = fixture("fixtures/data/iris.csv");

const irisModel = (
  optimizer: string,
  layers = "Dense(16, activation=relu)\n  Dense(8, activation=relu)",
): string => `model Iris {
  weights "./iris.safetensors"
  input [4]
  compile(optimizer=${optimizer}, loss=sparse_categorical_crossentropy, metrics=[accuracy])
  ${layers}
  Dense(3, activation=softmax)
  labels ["setosa", "versicolor", "virginica"]
}
`;

const data = "--data iris.csv --validation-split 0.2 --target typescript";

interface PruneSandbox extends TrainingSandbox {
  prune(argv: string, options?: TrainRunOptions): ReturnType<TrainingSandbox["run"]>;
}

/** A folder in which models are compiled as they are for users. */
function makePruning(files: Readonly<Record<string, string | Uint8Array>>): PruneSandbox {
  const sandbox = makeTraining({ "iris.csv": irisData, ...files });
  const run = (argv: string, options: TrainRunOptions = {}): ReturnType<TrainingSandbox["run"]> =>
    sandbox.run(argv, {
      ...options,
      environment: { compileTrainer: trainerCompiler(runModule), ...options.environment },
    });
  return { ...sandbox, run, prune: (argv, options = {}) => run(argv, { ...options, command: "prune" }) };
}

let trained: Promise<Uint8Array> | undefined;

/** The weights of `irisModel("adam(0.01)")`, trained once. */
async function trainIris(): Promise<Uint8Array> {
  const sandbox = makePruning({ "iris.layers": irisModel("adam(0.01)") });
  const { exitCode } = await sandbox.run(`iris.layers ${data} --epochs 30`);
  expect(exitCode).toBe(0);
  return fs.readFileSync(path.join(sandbox.folder, "iris.safetensors"));
}

async function irisFiles(optimizer = "adam(0.01)"): Promise<Readonly<Record<string, string | Uint8Array>>> {
  trained ??= trainIris();
  return { "iris.layers": irisModel(optimizer), "iris.safetensors": await trained };
}

function bytesOf({ folder }: TrainingSandbox, name: string): string | undefined {
  const file = path.join(folder, name);
  return fs.existsSync(file) ? fs.readFileSync(file).toString("base64") : undefined;
}

/** The arrays of a safetensors file. */
function arraysIn(
  { folder }: TrainingSandbox,
  name = "iris.pruned.safetensors",
): Readonly<Record<string, Float32Array>> {
  const file = new Uint8Array(fs.readFileSync(path.join(folder, name)));
  const start = 8 + Number(new DataView(file.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, start))) as Readonly<
    Record<string, { readonly data_offsets: readonly [number, number] }>
  >;
  return Object.fromEntries(
    Object.entries(header)
      .filter(([key]) => key !== "__metadata__")
      .map(([key, { data_offsets: offsets }]) => [
        key,
        new Float32Array(file.slice(start + offsets[0], start + offsets[1]).buffer),
      ]),
  );
}

function zerosOf(array: Float32Array | undefined): number {
  return array?.filter((value) => value === 0).length ?? -1;
}

interface Report {
  readonly exitCode: number;
  readonly diagnostics: readonly { readonly code: string; readonly severity: string; readonly help: string }[];
  readonly pruning: {
    readonly end?: string;
    readonly epochs: readonly Readonly<Record<string, number>>[];
    readonly keptEpoch: number;
    readonly before: Readonly<Record<string, number>>;
    readonly atOnce: Readonly<Record<string, number>>;
    readonly after: Readonly<Record<string, number>> | null;
    readonly layers: readonly { readonly layer: string; readonly zeros: number; readonly weights: number }[];
    readonly left: readonly string[];
    readonly weights: string | null;
  } | null;
}

async function report(sandbox: PruneSandbox, argv: string, options?: TrainRunOptions): Promise<Report> {
  const { stdout } = await sandbox.prune(`${argv} --report json`, options);
  return JSON.parse(stdout) as Report;
}

describe.each(["adam(0.01)", "sgd(0.05, momentum=0.9)", "adam(0.01, use_ema=true)"])(
  "pruned while %s trains",
  (optimizer) => {
    test.each(["typescript", "wasm"])(
      "by %s, each kernel has exactly the zeros that were asked for",
      async (target) => {
        const sandbox = makePruning(await irisFiles(optimizer));
        const { exitCode, pruning } = await report(
          sandbox,
          `iris.layers ${data.replace("typescript", target)} --sparsity 0.8 --epochs 12`,
        );
        expect(exitCode).toBe(0);
        const arrays = arraysIn(sandbox);
        // Of 64 and 128; the last is left as it is.
        expect(zerosOf(arrays["dense.kernel"])).toBe(51);
        expect(zerosOf(arrays["dense_1.kernel"])).toBe(102);
        expect(zerosOf(arrays["dense_2.kernel"])).toBe(0);
        expect(pruning?.layers.map(({ layer, zeros, weights }) => [layer, zeros, weights])).toEqual([
          ["dense", 51, 64],
          ["dense_1", 102, 128],
        ]);
        expect(pruning?.left).toEqual(["dense_2"]);
        // Little by little in the first half, no more after it; the weights are of an epoch that has all of it.
        const shares = pruning?.epochs.map(({ sparsity }) => sparsity as number) ?? [];
        expect(shares).toEqual(shares.toSorted((a, b) => a - b));
        expect(shares[0]).toBeLessThan(0.5);
        expect(shares.slice(6)).toEqual(Array.from({ length: 6 }, () => 153 / 192));
        expect(pruning?.keptEpoch).toBeGreaterThan(6);
      },
    );
  },
);

test("the weights bind, are those that were measured, and are as good as before", async () => {
  const sandbox = makePruning(await irisFiles());
  const first = await report(sandbox, `iris.layers ${data} --sparsity 0.7 --epochs 40`);
  const { before, atOnce, after } = first.pruning ?? {};
  expect(before?.["accuracy"]).toBeGreaterThan(0.9);
  expect(atOnce?.["loss"]).toBeGreaterThan(before?.["loss"] as number);
  expect(after?.["accuracy"]).toBeGreaterThan(0.9);
  expect(first.diagnostics).toEqual([]);
  fs.writeFileSync(
    path.join(sandbox.folder, "iris.layers"),
    irisModel("adam(0.01)").replace("iris.safetensors", "iris.pruned.safetensors"),
  );
  // A model that is pruned already, as far as asked, keeps its zeros, and is not worse for it.
  const again = await report(sandbox, `iris.layers ${data} --sparsity 0.7 --epochs 4`);
  expect(again.pruning?.before).toEqual(after);
  expect(again.pruning?.atOnce).toEqual(after);
  expect(again.pruning?.epochs.map(({ sparsity }) => sparsity)).toEqual(
    [135, 135, 135, 135].map((zeros) => zeros / 192),
  );
});

describe("blocks", () => {
  test.each([
    ["4x8", 4, 8],
    ["3x5", 3, 5],
    ["1x4", 1, 4],
  ])("of %s are whole, those at the ends too", async (block, inputs, units) => {
    const sandbox = makePruning(await irisFiles());
    const { pruning } = await report(sandbox, `iris.layers ${data} --sparsity 0.5 --block ${block} --epochs 6`);
    const arrays = arraysIn(sandbox);
    for (const [key, rows, columns] of [
      ["dense", 4, 16],
      ["dense_1", 16, 8],
    ] as const) {
      const kernel = arrays[`${key}.kernel`] as Float32Array;
      let zeros = 0;
      for (let row = 0; row < rows; row += inputs) {
        for (let column = 0; column < columns; column += units) {
          const own: number[] = [];
          for (let at = row; at < Math.min(rows, row + inputs); at++)
            own.push(...kernel.slice(at * columns + column, at * columns + Math.min(columns, column + units)));
          const found = own.filter((value) => value === 0).length;
          expect([0, own.length]).toContain(found);
          zeros += found;
        }
      }
      expect(Math.abs(zeros - rows * columns * 0.5)).toBeLessThanOrEqual((inputs * units) / 2);
      expect(pruning?.layers.find(({ layer }) => layer === key)?.zeros).toBe(zeros);
    }
  });

  test("that are larger than a kernel leave it as it is, with a warning", async () => {
    const sandbox = makePruning(await irisFiles());
    const { stderr, exitCode, stdout } = await sandbox.prune("iris.layers --sparsity 0.8 --block 16x16");
    expect(exitCode).toBe(0);
    expect(stderr).toContain(
      "warning[prune-blocks-coarse]: 0 % of 'dense' [4, 16] are pruned instead of 80 %: it has 1 block, and at least one stays",
    );
    expect(stderr).toContain("--except dense");
    expect(stdout).toContain("0 of 64");
    expect(zerosOf(arraysIn(sandbox)["dense.kernel"])).toBe(0);
  });
});

test("the same seed gives the same bytes, and another one others", async () => {
  const run = `iris.layers ${data} --sparsity 0.6 --epochs 6`;
  const outputs: (string | undefined)[] = [];
  for (const seed of ["", " --seed 0", " --seed 1"]) {
    const sandbox = makePruning(await irisFiles());
    await sandbox.prune(run + seed);
    outputs.push(bytesOf(sandbox, "iris.pruned.safetensors"));
  }
  expect(outputs[0]).toBeDefined();
  expect(outputs[1]).toBe(outputs[0]);
  expect(outputs[2]).not.toBe(outputs[0]);
});

describe("a run that is stopped", () => {
  const run = `iris.layers ${data} --sparsity 0.6 --epochs 6 --batch-size 24 --block 2x2`;

  /** Every event comes at once; the process is asked to stop at one of them. */
  const stopAt = (events: number) => {
    const stop = new AbortController();
    let time = 0;
    return { stopSignal: () => stop.signal, now: () => ((time += 100) > events * 100 ? (stop.abort(), time) : time) };
  };

  test("before all is pruned leaves a checkpoint and no weights, and goes on from there bit for bit", async () => {
    const whole = makePruning(await irisFiles());
    expect((await whole.prune(run)).exitCode).toBe(0);
    const parts = makePruning(await irisFiles());
    const first = await parts.prune(run, { environment: stopAt(20) });
    expect(first.exitCode).toBe(130);
    expect(first.stdout).toMatch(/\n[\d.]+ % are pruned of 60 %: weights are written when all of that is\n/);
    expect(first.stdout).toMatch(/The same command goes on with --resume\n$/);
    expect(fs.readdirSync(parts.folder).filter((name) => name.includes("pruned"))).toEqual([
      "iris.pruned.checkpoint.safetensors",
    ]);
    for (;;) {
      // The weights that it began with are not needed any more.
      fs.writeFileSync(path.join(parts.folder, "iris.safetensors"), "");
      const { exitCode, stderr } = await parts.prune(`${run} --resume`, { environment: stopAt(40) });
      expect(stderr).toBe("");
      if (exitCode === 0) break;
      expect(exitCode).toBe(130);
    }
    for (const name of ["iris.pruned.safetensors", "iris.pruned.checkpoint.safetensors"]) {
      expect(bytesOf(parts, name), name).toBe(bytesOf(whole, name));
    }
  });

  test("goes on with the options of the checkpoint, and with no others", async () => {
    const sandbox = makePruning(await irisFiles());
    await sandbox.prune(run, { environment: stopAt(20) });
    const more = await sandbox.prune("iris.layers --data iris.csv --sparsity 0.6 --resume --epochs 8");
    expect(more.exitCode).toBe(0);
    expect(more.stdout).toContain("in blocks of 2x2 within 3 epochs, 5 epochs of training after that");
    const other = await sandbox.prune("iris.layers --data iris.csv --sparsity 0.7 --resume");
    expect(other.exitCode).toBe(2);
    expect(other.stderr).toContain("is the checkpoint of another training: --sparsity is 0.7, there 0.6");
    const ended = await sandbox.prune("iris.layers --data iris.csv --sparsity 0.6 --resume --epochs 3");
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toContain("--pruning-epochs is 3, of 3 in all");
    const trainer = await sandbox.run("iris.layers --data iris.csv --resume --out iris.pruned.safetensors");
    expect(trainer.exitCode).toBe(2);
    expect(trainer.stderr).toContain("is the checkpoint of another training");
  });
});

describe("without samples", () => {
  test("the smallest weights are taken away, the others stay as they are, and that is told", async () => {
    const source = irisModel("adam").replace(/\n {2}compile.*/, "");
    const sandbox = makePruning({ ...(await irisFiles()), "iris.layers": source });
    const { stdout, stderr, exitCode } = await sandbox.prune("iris.layers --sparsity 0.5 --with-output");
    expect(exitCode).toBe(0);
    expect(stderr).toContain("hint[prune-not-tuned]: Iris was pruned at once");
    expect(stdout).toBe(
      [
        "  Pruned   Kernel        Zeros  Share",
        "  dense    [4, 16]    32 of 64   50 %",
        "  dense_1  [16, 8]   64 of 128   50 %",
        "  dense_2  [8, 3]     12 of 24   50 %",
        "  total             108 of 216   50 %",
        "Iris -> iris.pruned.safetensors",
        'Change the clause of Iris in iris.layers to use them: weights "./iris.pruned.safetensors"',
        "",
      ].join("\n"),
    );
    const before = arraysIn(sandbox, "iris.safetensors");
    for (const [key, array] of Object.entries(arraysIn(sandbox))) {
      const was = before[key] as Float32Array;
      const isKernel = key.endsWith("kernel");
      const bound = isKernel ? [...was].map(Math.abs).sort((a, b) => a - b)[was.length / 2] : 0;
      expect([...array], key).toEqual([...was].map((value) => (Math.abs(value) < (bound as number) ? 0 : value)));
    }
    expect(fs.existsSync(path.join(sandbox.folder, "iris.pruned.checkpoint.safetensors"))).toBe(false);
    // What it has written it replaces; what others have written it does not.
    expect((await sandbox.prune("iris.layers --sparsity 0.4")).exitCode).toBe(0);
    fs.writeFileSync(path.join(sandbox.folder, "iris.pruned.safetensors"), "mine");
    const refused = await sandbox.prune("iris.layers --sparsity 0.4");
    expect([refused.exitCode, fs.readFileSync(path.join(sandbox.folder, "iris.pruned.safetensors"), "utf8")]).toEqual([
      2,
      "mine",
    ]);
    expect(refused.stderr).toContain("error[train-would-replace]");
  });

  test("options of training are wrong", async () => {
    const sandbox = makePruning(await irisFiles());
    for (const option of [
      "--epochs 3",
      "--validation iris.csv",
      "--no-shuffle",
      "--resume",
      "--pruning-epochs 0",
      "--seed 0",
    ]) {
      const { exitCode, stderr } = await sandbox.prune(`iris.layers --sparsity 0.5 ${option}`);
      expect(exitCode, option).toBe(2);
      expect(stderr).toContain(`${option.split(" ")[0]} is about training, and there is no --data`);
    }
    expect(fs.existsSync(path.join(sandbox.folder, "iris.pruned.safetensors"))).toBe(false);
  });

  test("a disk that is full leaves no half file", async () => {
    const sandbox = makePruning(await irisFiles());
    const files = {
      writeNew(name: string, content: Uint8Array, like: string) {
        nodeFileSystem.writeNew(name, content.subarray(0, 10), like);
        throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
      },
    };
    const { exitCode, stderr } = await sandbox.prune("iris.layers --sparsity 0.5", { files });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("iris.pruned.safetensors");
    expect(fs.readdirSync(sandbox.folder).toSorted()).toEqual(["iris.csv", "iris.layers", "iris.safetensors"]);
  });
});

describe("layers", () => {
  const deep = `model Head {
  input [8]
  Dense(6, activation=relu)
  Dense(3, activation=softmax)
}

model Deep {
  weights "./deep.safetensors"
  input [4]
  compile(adam(0.01), sparse_categorical_crossentropy, metrics=[accuracy])
  "first.layer": EinsumDense("ab,bcd->acd", [2, 8], bias_axes="d", activation=tanh)
  Reshape([16])
  Dense(8, activation=relu, trainable=false)
  Head
  labels ["setosa", "versicolor", "virginica"]
}
`;

  async function makeDeep(): Promise<PruneSandbox> {
    const sandbox = makePruning({ "deep.layers": deep });
    expect((await sandbox.run(`deep.layers ${data} --epochs 2`)).exitCode).toBe(0);
    return sandbox;
  }

  test("all but the frozen ones and the last, those of nested models by their paths, and whole ones as --except says", async () => {
    const sandbox = await makeDeep();
    const { pruning } = await report(sandbox, `deep.layers ${data} --sparsity 0.5 --epochs 4 --block 4x4`);
    expect(pruning?.layers.map(({ layer, zeros }) => [layer, zeros])).toEqual([
      ["first.layer", 32],
      ["head/dense", 24],
    ]);
    expect(pruning?.left).toEqual(["head/dense_1"]);
    const arrays = arraysIn(sandbox, "deep.pruned.safetensors");
    const kernels = Object.entries(arrays).filter(([key]) => key.endsWith("kernel"));
    expect(kernels.map(([key, array]) => [key, zerosOf(array)])).toEqual([
      ["first.layer/kernel", 32],
      ["dense/kernel", 0],
      ["head/dense/kernel", 24],
      ["head/dense_1/kernel", 0],
    ]);
    const except = await report(sandbox, "deep.layers --sparsity 0.5 --with-output --except head");
    expect(except.pruning?.layers.map(({ layer }) => layer)).toEqual(["first.layer"]);
    expect(except.pruning?.left).toEqual(["head/dense", "head/dense_1"]);
  });

  test("a name that is none of them has a suggestion, and leaving out all of them leaves nothing to do", async () => {
    const sandbox = await makeDeep();
    const { stderr, exitCode } = await sandbox.prune("deep.layers --sparsity 0.5 --except head/dense_2");
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      "error[prune-layer-unknown]: --except names 'head/dense_2', which is no layer of Deep that is pruned",
    );
    expect(stderr).toContain("did you mean 'head/dense");
    const all = await sandbox.prune("deep.layers --sparsity 0.5 --except first.layer,head/dense");
    expect(all.exitCode).toBe(2);
    expect(all.stderr).toContain(
      "error[prune-nothing]: Deep has no layer to be pruned besides those that --except names",
    );
    const frozen = makePruning({
      "deep.layers": 'model M { weights "./m.safetensors" input [2] Embedding(3, 2) Flatten() }',
    });
    fs.copyFileSync(path.join(sandbox.folder, "deep.safetensors"), path.join(frozen.folder, "m.safetensors"));
    expect((await frozen.prune("deep.layers --sparsity 0.5")).exitCode).toBe(1);
  });

  test("a model of one kernel has that pruned", async () => {
    const sandbox = makePruning({ "one.layers": irisModel("adam(0.01)", "").replace("./iris", "./one") });
    await sandbox.run(`one.layers ${data} --epochs 2`);
    const { pruning } = await report(sandbox, `one.layers ${data} --sparsity 0.5 --epochs 2`);
    expect([pruning?.layers.map(({ zeros }) => zeros), pruning?.left]).toEqual([[6], []]);
  });

  test("a trained file is pruned as a model file is", async () => {
    const sandbox = makePruning({
      "xor.keras": fixture("../examples/xor.keras"),
      "xor.csv": "a,b,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n",
    });
    const { stdout, exitCode } = await sandbox.prune("xor.keras --data xor.csv --sparsity 0.25 --epochs 4");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Xor -> xor.pruned.safetensors\n");
    expect(stdout).toContain(
      'layerc import xor.keras writes a model file that can bind them: weights "./xor.pruned.safetensors"\n',
    );
  });
});

describe("what is wrong is told, with what to do", () => {
  test("a model without weights, or with a file of them that is missing, or without a clause", async () => {
    const bare = irisModel("adam").replace(/\n {2}weights.*/, "");
    const sandbox = makePruning({
      "bare.layers": bare,
      "missing.layers": irisModel("adam"),
      "plain.layers": irisModel("adam")
        .replace(/\n {2}compile.*/, "")
        .replace("./iris", "./plain"),
      "plain.safetensors": (await irisFiles())["iris.safetensors"] ?? "",
    });
    const none = await sandbox.prune(`bare.layers ${data} --sparsity 0.5`);
    expect(none.exitCode).toBe(1);
    expect(none.stderr).toContain("error[prune-no-weights]: Iris binds no weights, and there is nothing else to prune");
    expect(none.stderr).toContain("bare.layers:1:7");
    const missing = await sandbox.prune(`missing.layers ${data} --sparsity 0.5`);
    expect(missing.exitCode).toBe(1);
    expect(missing.stderr).toContain("error[weights-unreadable]");
    expect(missing.stderr).not.toContain("--from-scratch");
    const plain = await sandbox.prune(`plain.layers ${data} --sparsity 0.5`);
    expect(plain.exitCode).toBe(1);
    expect(plain.stderr).toContain("error[train-not-compiled]: Iris has no compile clause");
    expect(fs.readdirSync(sandbox.folder).filter((name) => name.includes("pruned"))).toEqual([]);
  });

  test.each([
    ["--sparsity 1", /--sparsity is '1', expected a number from 0 to below 1, such as 0\.8/],
    ["--sparsity -0.1", /--sparsity is '-0\.1', expected/],
    ["--sparsity 80%", /--sparsity is '80%', expected/],
    ["--sparsity NaN", /--sparsity is 'NaN', expected/],
    ["--sparsity Infinity", /--sparsity is 'Infinity', expected/],
    ["", /--sparsity <share> is missing/],
    ["--sparsity 0.5 --block 4", /--block is '4', expected inputs by units, such as 4x8/],
    ["--sparsity 0.5 --block 0x8", /--block is '0x8', expected/],
    ["--sparsity 0.5 --block 4x8x2", /--block is '4x8x2', expected/],
    ["--sparsity 0.5 --block 99999999999999999999x8", /--block is '99999999999999999999x8', expected/],
    ["--sparsity 0.5 --except ,", /--except is ',', expected names of layers/],
    ["--sparsity 0.5 --out pruned.npz", /--out is 'pruned\.npz', expected a name that ends in \.safetensors/],
    [`--sparsity 0.5 ${data} --epochs 5 --pruning-epochs 5`, /--pruning-epochs is 5, of 5 in all/],
    [`--sparsity 0.5 ${data} --pruning-epochs -1`, /--pruning-epochs is '-1', expected a whole number from 0 on/],
    [`--sparsity 0.5 ${data} --from-scratch`, /Unknown option '--from-scratch'/],
    ["--sparsity 0.5 --out iris.layers", /--out is 'iris\.layers'/],
  ])("%s", async (argv, says) => {
    const sandbox = makePruning(await irisFiles());
    const { exitCode, stderr } = await sandbox.prune(`iris.layers ${argv}`.trim());
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(says);
    expect(fs.readdirSync(sandbox.folder).filter((name) => name.includes("pruned"))).toEqual([]);
  });

  test("blocks and sparsities as large as can be", async () => {
    const sandbox = makePruning(await irisFiles());
    const large = await sandbox.prune(
      "iris.layers --sparsity 0.9999999999999999 --block 9007199254740991x9007199254740991",
    );
    expect(large.exitCode).toBe(0);
    expect((await sandbox.prune("iris.layers --sparsity 0.9999999999999999")).exitCode).toBe(0);
    // One weight is always left.
    expect(zerosOf(arraysIn(sandbox)["dense.kernel"])).toBe(63);
    expect((await sandbox.prune("iris.layers --sparsity 0")).exitCode).toBe(0);
    const { "dense.kernel": kernel } = arraysIn(sandbox);
    expect(kernel).toEqual(arraysIn(sandbox, "iris.safetensors")["dense.kernel"]);
  });

  test("a model that has become much worse", async () => {
    const sandbox = makePruning(await irisFiles());
    const { exitCode, diagnostics, pruning } = await report(
      sandbox,
      `iris.layers ${data} --sparsity 0.98 --with-output --epochs 1`,
    );
    expect(exitCode).toBe(0);
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([["prune-lost-accuracy", "warning"]]);
    expect(pruning?.weights).toBe("iris.pruned.safetensors");
  });
});

test("a log and curves have the sparsity of each epoch, and the lines that people see", async () => {
  const sandbox = makePruning(await irisFiles());
  const { stdout } = await sandbox.prune(
    `iris.layers ${data} --sparsity 0.5 --epochs 4 --pruning-epochs 0 --log log.jsonl --plot plot.svg`,
  );
  expect(stdout).toContain(
    "Pruning 50 % of dense and dense_1 at once, 4 epochs of training after that; dense_2 stays as it is\n",
  );
  expect(stdout).toMatch(/Epoch 1\/4 - .* - sparsity: 0\.5000 - val_accuracy/);
  expect(stdout).toMatch(
    /\naccuracy \S+ -> \S+ on the \d+ samples of the validation \(loss .*\); pruned at once \S+\n/,
  );
  const log = fs.readFileSync(path.join(sandbox.folder, "log.jsonl"), "utf8").trimEnd().split("\n");
  expect(log.map((line) => (JSON.parse(line) as { sparsity: number }).sparsity)).toEqual([0.5, 0.5, 0.5, 0.5]);
  expect(fs.readFileSync(path.join(sandbox.folder, "plot.svg"), "utf8")).toContain('data-result="sparsity"');
});
