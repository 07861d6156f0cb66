import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { writeSafetensors } from "../../../src/files/write-safetensors.ts";
import { trainedOrigin } from "../../../src/fit/checkpoint/mark-weights.ts";
import { systemError } from "../sandbox.ts";
import { fakeCompile } from "./fake-trainer.ts";
import { irisModel, irisRows, makeTraining, type TrainingSandbox } from "./training-sandbox.ts";

function read({ folder }: TrainingSandbox, name: string): string {
  return fs.readFileSync(path.join(folder, name), "utf8");
}

function write({ folder }: TrainingSandbox, name: string, content: string | Uint8Array): void {
  fs.writeFileSync(path.join(folder, name), content);
}

function weightsOf({ folder }: TrainingSandbox, name = "iris.safetensors"): Buffer {
  return fs.readFileSync(path.join(folder, name));
}

/** A file with the weights of the model under a prefix, all of one value. */
function partOf(prefix: string, value = 0.5): Uint8Array {
  return writeSafetensors([
    { name: `${prefix}dense.kernel`, shape: [2, 3], data: new Float32Array(6).fill(value) },
    { name: `${prefix}dense.bias`, shape: [3], data: new Float32Array(3) },
  ]);
}

const basic = "iris.layers --data iris.csv";

describe("what training prints", () => {
  test("in a pipe: what is trained, a line an epoch, how much better it is, the clause to add", async () => {
    const sandbox = makeTraining();
    const { stdout, stderr, exitCode } = await sandbox.run(`${basic} --epochs 3 --validation-split 0.2`);
    expect([exitCode, stderr]).toEqual([0, ""]);
    const number = String.raw`\d\.\d{4}(?:e[+-]\d\d)?`;
    const epoch = `accuracy: ${number} - loss: ${number} - val_accuracy: ${number} - val_loss: ${number}`;
    expect(stdout).toMatch(
      new RegExp(
        `^Iris: 40 samples of iris\\.csv, 10 for the validation, with TypeScript
Inputs length, width; target species
Epoch 1/3 - 0s - 0s/step - ${epoch}
Epoch 2/3 - 0s - 0s/step - ${epoch}
Epoch 3/3 - 0s - 0s/step - ${epoch}
accuracy [\\d.]+ -> [\\d.]+ on the 10 samples of the validation \\(loss [\\d.]+ -> [\\d.]+\\)
Iris -> iris\\.safetensors
Add to Iris in iris\\.layers: weights "\\./iris\\.safetensors"
$`,
      ),
    );
  });

  test("on a terminal: a bar that grows, and stays when the epoch ends", async () => {
    let time = 0;
    const sandbox = makeTraining();
    const { stdout } = await sandbox.run(`${basic} --epochs 1 --batch-size 10 --no-color`, {
      terminal: { columns: 100 },
      environment: { now: () => (time += 41) },
    });
    const [, shown = ""] = /Epoch 1\/1\n([^]*)\naccuracy/.exec(stdout) ?? [];
    const states = shown.split("\r\u001b[2K").filter((state) => state !== "");
    const bars = states.map((state) => state.replace(/ - accuracy.*$/, "").replace(/ \d+s \d+ms/, ""));
    expect(bars).toEqual([
      "1/5 ━━━━────────────────/step",
      "2/5 ━━━━━━━━────────────/step",
      "3/5 ━━━━━━━━━━━━────────/step",
      "4/5 ━━━━━━━━━━━━━━━━────/step",
      "5/5 ━━━━━━━━━━━━━━━━━━━━/step",
      "5/5 ━━━━━━━━━━━━━━━━━━━━/step",
    ]);
    for (const state of states.slice(0, -1)) expect(state.length).toBeLessThan(100);
  });

  test("no line that changes is wider than the terminal", async () => {
    let time = 0;
    const { stdout } = await makeTraining().run(`${basic} --epochs 1 --batch-size 10 --no-color`, {
      terminal: { columns: 40 },
      environment: { now: () => (time += 41) },
    });
    const changing = [...stdout.matchAll(/\r\u001b\[2K([^\r\n]*)(?=\r)/g)].map(([, line = ""]) => line);
    expect(changing.length).toBe(5);
    for (const line of changing) expect(line.length).toBe(39);
  });

  test("nothing with --quiet, one document with --report json", async () => {
    const sandbox = makeTraining();
    expect(await sandbox.run(`${basic} --epochs 2 --quiet`)).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    const { stdout, stderr } = await sandbox.run(`${basic} --epochs 2 --validation-split 0.2 --report json`);
    expect(stderr).toBe("");
    const { training } = JSON.parse(stdout) as { readonly training: Record<string, unknown> };
    const results = { loss: expect.any(Number) as number, accuracy: expect.any(Number) as number };
    const validated = { ...results, val_loss: results.loss, val_accuracy: results.accuracy };
    expect(training).toEqual({
      model: "Iris",
      target: "typescript",
      data: { path: "iris.csv", samples: 40, validationSamples: 10, inputs: ["length", "width"], targets: ["species"] },
      end: "finished",
      epochs: [
        { epoch: 1, ...validated },
        { epoch: 2, ...validated },
      ],
      step: 0,
      best: { epoch: 2, loss: expect.any(Number) as number },
      keptEpoch: 2,
      before: results,
      after: results,
      weights: "iris.safetensors",
      checkpoint: "iris.checkpoint.safetensors",
      fix: fixOf(
        { line: 2, column: 3, offset: 15 },
        15,
        'Add weights "./iris.safetensors"',
        'weights "./iris.safetensors"\n  ',
      ),
    });
  });

  test("the log has a line an epoch, the drawing a curve for each result", async () => {
    const sandbox = makeTraining();
    await sandbox.run(`${basic} --epochs 3 --log log.jsonl --plot plot.svg`);
    const lines = read(sandbox, "log.jsonl")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    const results = { loss: expect.any(Number) as number, accuracy: expect.any(Number) as number, seconds: 0 };
    expect(lines).toEqual([1, 2, 3].map((epoch) => ({ epoch, ...results })));
    expect(read(sandbox, "plot.svg")).toMatch(/^<svg [^]*data-result="loss"[^]*data-result="accuracy"[^]*<\/svg>\n$/);
    await sandbox.run(`${basic} --epochs 2 --log log.jsonl`);
    expect(read(sandbox, "log.jsonl").trimEnd().split("\n").length).toBe(2);
  });
});

describe("which weights are written", () => {
  test("those that bind to the model, and say that training wrote them", async () => {
    const sandbox = makeTraining();
    await sandbox.run(`${basic} --epochs 5`);
    expect(trainedOrigin(weightsOf(sandbox))).toBe("generated");
    write(sandbox, "iris.layers", irisModel.replace("input [2]", 'weights "./iris.safetensors"\n  input [2]'));
    const { stdout, exitCode } = await sandbox.run(`${basic} --epochs 1`);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Going on from the weights of ./iris.safetensors; --from-scratch begins without them\n");
    expect(stdout).not.toContain("Add to Iris");
  });

  test("the change of the file that has the model bind them is in the report, unless it does", async () => {
    const fixFor = async (written: string): Promise<unknown> => {
      const sandbox = makeTraining({ "iris.layers": irisModel.replace("input [2]", `${written}\n  input [2]`) });
      const { stdout } = await sandbox.run(`${basic} --epochs 1 --from-scratch --report json`);
      return (JSON.parse(stdout) as { training: { fix: unknown } }).training.fix;
    };
    expect(await fixFor('weights "./iris.safetensors"')).toBe(null);
    expect(await fixFor('weights "./all.safetensors" prefix "a."')).toEqual(
      fixOf(
        { line: 2, column: 3, offset: 15 },
        54,
        'Change the clause to weights "./iris.safetensors"',
        'weights "./iris.safetensors"',
      ),
    );
  });

  test("training goes on from those of the clause, and with --from-scratch from the initializers'", async () => {
    const sandbox = makeTraining();
    const before = async (given = ""): Promise<number> => {
      const { stdout } = await sandbox.run(`${basic} --epochs 1 --report json ${given}`.trim());
      return (JSON.parse(stdout) as { training: { before: { loss: number } } }).training.before.loss;
    };
    const first = await before();
    await sandbox.run(`${basic} --epochs 60`);
    write(sandbox, "iris.layers", irisModel.replace("input [2]", 'weights "./iris.safetensors"\n  input [2]'));
    expect(await before("--out other.safetensors")).toBeLessThan(first / 2);
    expect(await before("--from-scratch --out other.safetensors")).toBe(first);
  });

  test("a clause may stand there before the first run makes its file", async () => {
    const bound = irisModel.replace("input [2]", 'weights "./made/iris.safetensors"\n  input [2]');
    const sandbox = makeTraining({ "iris.layers": bound });
    const { stdout, stderr, exitCode } = await sandbox.run(`${basic} --epochs 1`);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("Iris -> made/iris.safetensors\n");
    expect(stdout).not.toMatch(/Going on|Add to|Change/);
    const other = makeTraining({ "iris.layers": bound.replace(".safetensors", ".keras") });
    expect((await other.run(`${basic} --epochs 1`)).stderr).toContain("error[weights-unreadable]");
  });

  test("a part of a file is not replaced by a whole one, and is no file that is to come", async () => {
    const bound = irisModel.replace("input [2]", 'weights "./iris.safetensors" prefix "a." input [2]');
    const none = await makeTraining({ "iris.layers": bound }).run(basic);
    expect([none.exitCode, none.stderr]).toEqual([1, expect.stringContaining("error[weights-unreadable]")]);
    const sandbox = makeTraining({ "iris.layers": bound, "iris.safetensors": partOf("a.") });
    const { exitCode, stderr } = await sandbox.run(basic);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("--out would replace 'iris.safetensors'")]);
    expect((await sandbox.run(`${basic} --epochs 1 --out other.safetensors`)).stdout).toContain(
      'Change the clause of Iris in iris.layers to use them: weights "./other.safetensors"',
    );
  });

  test("a clause that writes the path otherwise is no other clause", async () => {
    const bound = irisModel.replace("input [2]", 'weights "sub/../iris.safetensors" input [2]');
    const sandbox = makeTraining({ "iris.layers": bound });
    const { stdout } = await sandbox.run(`${basic} --epochs 1`);
    expect(stdout).toContain("Iris -> iris.safetensors\n");
    expect(stdout).not.toContain("clause");
  });

  test("those of other models of the file are not looked at, nor are those that are not begun with", async () => {
    const two = `${irisModel.replace("input [2]", 'weights "./iris.safetensors" input [2]')}
model Other { weights "./other.safetensors" input [3] Dense(2) compile(sgd, mse) }
`;
    const sandbox = makeTraining({ "iris.layers": two });
    expect((await sandbox.run(`${basic} --model Iris --epochs 1`)).exitCode).toBe(0);
    fs.writeFileSync(`${sandbox.folder}/iris.layers`, two.replaceAll("[2]", "[1]"));
    fs.writeFileSync(`${sandbox.folder}/iris.csv`, "length,species\n1,setosa\n2,virginica\n");
    const wrong = await sandbox.run(`${basic} --model Iris --epochs 1`);
    expect([wrong.exitCode, wrong.stderr]).toEqual([1, expect.stringContaining("error[weight-shape-mismatch]")]);
    expect(wrong.stderr).toContain("help: --from-scratch begins without them");
    expect((await sandbox.run(`${basic} --model Iris --epochs 1 --from-scratch`)).exitCode).toBe(0);
  });

  test("those that are no numbers are not begun with, but with --from-scratch", async () => {
    const bound = irisModel.replace("input [2]", 'weights "./iris.safetensors" input [2]');
    const sandbox = makeTraining({ "iris.layers": bound, "iris.safetensors": partOf("", Infinity) });
    const { exitCode, stderr } = await sandbox.run(`${basic} --force`);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("error[weight-not-finite]: 6 of the 6 values in 'dense.kernel' of Dense 'dense' are NaN");
    expect(stderr).toContain("--from-scratch begins without them");
    expect((await sandbox.run(`${basic} --epochs 1 --force --from-scratch`)).exitCode).toBe(0);
  });

  test("those of another place or format are to be named in the clause", async () => {
    const sandbox = makeTraining();
    await sandbox.run(`${basic} --epochs 1 --out trained/net.safetensors`);
    write(sandbox, "iris.layers", irisModel.replace("input [2]", 'weights "./trained/net.safetensors"\n  input [2]'));
    expect((await sandbox.run(`${basic} --epochs 1 --out trained/more.safetensors`)).stdout).toContain(
      'Change the clause of Iris in iris.layers to use them: weights "./trained/more.safetensors"\n',
    );
  });

  /** A run in which the third of ten epochs has the least loss of the validation. */
  const third = {
    compileTrainer: fakeCompile((trainer) => {
      let asked = 0;
      // The first results are those before training, then training and validation by turns.
      return { results: () => ({ ...trainer.results(), loss: Math.abs(6 - asked++) + 1 }) };
    }),
  };

  test("those of the best epoch with a validation or patience, else of the last, or as --keep says", async () => {
    const sandbox = makeTraining();
    const run = async (given: string): Promise<string> => {
      const { stdout } = await sandbox.run(`${basic} --epochs 10 ${given}`, { environment: third });
      return stdout;
    };
    expect(await run("--validation-split 0.2")).toContain("Done; the weights are those of epoch 3, the best\n");
    const best = weightsOf(sandbox);
    expect(await run("--validation-split 0.2 --patience 4")).toContain(
      "Stopped: 4 epochs without a better loss; the weights are those of epoch 3, the best\n",
    );
    expect(weightsOf(sandbox)).toEqual(best);
    expect(await run("--validation-split 0.2 --keep last")).not.toContain("the best");
    expect(weightsOf(sandbox)).not.toEqual(best);
    await sandbox.run(`${basic} --epochs 3 --validation-split 0.2 --keep last`);
    expect(weightsOf(sandbox)).toEqual(best);
  });
});

describe("files of others", () => {
  test.each([
    ["iris.safetensors", "", "--out"],
    ["others.jsonl", " --log others.jsonl", "--log"],
    ["iris.checkpoint.safetensors", "", "--out"],
    ["log.jsonl", " --log log.jsonl", "--log"],
    ["plot.svg", " --plot plot.svg", "--plot"],
  ])("%s is replaced with --force only, and when training wrote it", async (name, given, option) => {
    const mine = name === "others.jsonl" ? '{"epoch":1970,"event":"moon"}' : "mine";
    const sandbox = makeTraining({ [name]: mine });
    const { exitCode, stderr } = await sandbox.run(`${basic} --epochs 1${given}`);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`error[train-would-replace]: '${name}' exists, and is not as a training wrote it`);
    expect(stderr).toContain(`choose another file with ${option}`);
    expect(read(sandbox, name)).toBe(mine);
    expect((await sandbox.run(`${basic} --epochs 1${given} --force`)).exitCode).toBe(0);
    expect((await sandbox.run(`${basic} --epochs 1${given}`)).exitCode).toBe(0);
  });

  test.each([
    ["the model", "--log iris.layers", "iris.layers"],
    ["the data", "--plot iris.csv", "iris.csv"],
  ])("%s is not replaced even then", async (_, given, name) => {
    const sandbox = makeTraining();
    const before = read(sandbox, name);
    const { exitCode, stderr } = await sandbox.run(`${basic} --epochs 1 --force ${given}`);
    const option = given.split(" ", 1)[0] as string;
    const message = `error[output-is-input]: ${option} would replace '${name}', which is read\n  = help: choose another file with ${option}`;
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(read(sandbox, name)).toBe(before);
  });

  test("two options for one file", async () => {
    const { exitCode, stderr } = await makeTraining().run(`${basic} --log a.safetensors --out a.safetensors`);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("--out and --log name one file, 'a.safetensors'")]);
  });

  test("where nothing can be written it is told before training", async () => {
    const sandbox = makeTraining();
    const { exitCode, stderr, stdout } = await sandbox.run(`${basic} --epochs 3`, {
      files: {
        writeNew() {
          throw systemError("ENOSPC");
        },
      },
    });
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining("Can't write 'iris.checkpoint.safetensors': the disk is full"),
    ]);
    expect(stdout).not.toContain("Epoch");
    // There is nothing to go on with.
    expect(stdout).not.toContain("--resume");
    const log = await makeTraining().run(`${basic} --log /proc/nowhere/log.jsonl`);
    expect([log.exitCode, log.stdout.split("\n").length]).toEqual([2, 3]);
  });

  test("a disk that fills up meanwhile leaves the last checkpoint whole, and the run ends with a report", async () => {
    const sandbox = makeTraining();
    const whole = makeTraining();
    await whole.run(`${basic} --epochs 2`);
    let time = 0;
    let written = 0;
    const { exitCode, stderr } = await sandbox.run(`${basic} --epochs 4`, {
      environment: { now: () => (time += 2000) },
      files: {
        writeNew(name, content) {
          // The checkpoint of the start, then weights and checkpoint of two epochs.
          if (++written > 5) throw systemError("ENOSPC");
          fs.writeFileSync(name, content);
        },
      },
    });
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining("Can't write 'iris.safetensors': the disk is full"),
    ]);
    expect(weightsOf(sandbox)).toEqual(weightsOf(whole));
    expect(fs.readdirSync(sandbox.folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    expect((await sandbox.run(`${basic} --resume`)).stdout).toContain("Going on after epoch 2\nEpoch 3/4");
  });
});

describe("a loss that is no number any more", () => {
  const nan = (at: number) => ({
    compileTrainer: fakeCompile(({ step, restore }) => {
      let steps = 0;
      return { step: (...given) => (step(...given), ++steps >= at ? Number.NaN : 1), restore };
    }),
  });

  test("stops with epoch, step and what to try, and keeps the checkpoint of the epoch before", async () => {
    const sandbox = makeTraining({ "iris.csv": irisRows(50).replace(/\n[^,]+/, "\n4000") });
    const whole = makeTraining({ "iris.csv": irisRows(50).replace(/\n[^,]+/, "\n4000") });
    await whole.run(`${basic} --epochs 2 --batch-size 10`);
    const { exitCode, stderr, stdout } = await sandbox.run(`${basic} --batch-size 10`, { environment: nan(13) });
    expect(exitCode).toBe(1);
    expect(`\n${stderr}`).toBe(`
error[train-diverged]: The loss of Iris became NaN in epoch 3, at step 3 of 5
  ┌─ iris.layers:3:3
3 │   compile(sgd(learning_rate=0.1), sparse_categorical_crossentropy, metrics=[accuracy])
  │   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = help: try a lower learning rate than 0.1, such as --learning-rate 0.01, or clipnorm=1 of the optimizer
          inputs go up to 4000: Rescaling or Normalization as first layer makes them small
          the checkpoint is that of the end of epoch 2

1 error in 1 file
`);
    expect(stdout).toContain("Iris -> iris.safetensors");
    expect(weightsOf(sandbox)).toEqual(weightsOf(whole));
    expect((await sandbox.run(`${basic} --resume --epochs 3`)).stdout).toContain("Going on after epoch 2\nEpoch 3/3");
  });

  test("in the first epoch leaves the weights of before", async () => {
    const sandbox = makeTraining();
    await sandbox.run(`${basic} --epochs 1`);
    const before = weightsOf(sandbox);
    const { stderr, stdout } = await sandbox.run(basic, { environment: nan(1) });
    expect(stderr).toContain("in epoch 1, at step 1 of 2");
    expect(stderr).toContain("so it is not the learning rate: for these inputs or targets the loss has no number");
    expect(stderr).not.toContain("--learning-rate");
    expect(stderr).toContain("no epoch had ended, so no weights are kept");
    expect(stdout).not.toContain("->");
    expect(weightsOf(sandbox)).toEqual(before);
  });
});

test("weights that no file has end a training, with those of the epoch before", async () => {
  const sandbox = makeTraining();
  const grown = fakeCompile((trainer) => {
    const { kernel } = trainer.weights["dense"] as { readonly kernel: Float64Array };
    let steps = 0;
    // Two steps an epoch.
    return { step: (...given) => (trainer.step(...given), ++steps === 3 && (kernel[0] = 1e39), 1) };
  });
  const { exitCode, stderr, stdout } = await sandbox.run(basic, { environment: { compileTrainer: grown } });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("error[train-diverged]: The weights of Iris became NaN or infinite in epoch 2");
  expect(stderr).toContain("the checkpoint is that of the end of epoch 1");
  expect(stdout).toContain("Iris -> iris.safetensors");
  expect((await sandbox.run(`${basic} --resume --epochs 2`)).stdout).toContain("Going on after epoch 1\nEpoch 2/2");
});

test("a batch that there is no memory for is told so, and which option helps", async () => {
  const full = fakeCompile(() => ({
    observe() {
      throw new RangeError("WebAssembly.Memory.grow(): Maximum memory size exceeded");
    },
  }));
  const { exitCode, stderr } = await makeTraining().run(`${basic} --batch-size 50`, {
    environment: { compileTrainer: full },
  });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("error[train-batch-too-large]: A batch of 50 samples needs more memory than there is");
  expect(stderr).toContain("a smaller --batch-size takes less");
});

test("one sample is one sample", async () => {
  const sandbox = makeTraining({ "iris.csv": "length,width,species\n1,2,setosa\n" });
  expect((await sandbox.run(`${basic} --epochs 1`)).stdout).toMatch(/ on the 1 sample \(loss /);
});

describe("what is wrong with a training", () => {
  test("a model without compile, with the clause that fits it", async () => {
    const plain = irisModel.replace(/ {2}compile.*\n/, "");
    const { exitCode, stderr } = await makeTraining({ "iris.layers": plain }).run(basic);
    expect(exitCode).toBe(1);
    expect(`\n${stderr}`).toBe(`
error[train-not-compiled]: Iris has no compile clause, which says how it is trained
  ┌─ iris.layers:1:7
1 │ model Iris {
  │       ^^^^
  = fix: Add compile(optimizer=adam, loss=sparse_categorical_crossentropy, metrics=[accuracy])

1 error in 1 file
`);
    const json = await makeTraining({ "iris.layers": plain }).run(`${basic} --report json`);
    const [diagnostic] = (JSON.parse(json.stdout) as { diagnostics: { fix: { edits: unknown } }[] }).diagnostics;
    expect(diagnostic?.fix.edits).toEqual([
      {
        location: expect.objectContaining({ start: { line: 2, column: 12, offset: 24 } }) as unknown,
        text: "\n  compile(optimizer=adam, loss=sparse_categorical_crossentropy, metrics=[accuracy])",
      },
    ]);
  });

  test("several models, of which none or one is named", async () => {
    const two = irisModel + irisModel.replace("Iris", "Other");
    const sandbox = makeTraining({ "iris.layers": two });
    const { exitCode, stderr } = await sandbox.run(basic);
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining("'iris.layers' has the models Iris, Other, and nothing says which is to be trained"),
    ]);
    expect((await sandbox.run(`${basic} --model Othr`)).stderr).toContain("did you mean 'Other'?");
    expect((await sandbox.run(`${basic} --model Other --epochs 1`)).stdout).toContain("Other -> other.safetensors");
    const one = irisModel + irisModel.replace("Iris", "Other").replace(/ {2}compile.*\n/, "");
    expect((await makeTraining({ "iris.layers": one }).run(`${basic} --epochs 1`)).exitCode).toBe(0);
    expect((await makeTraining({ "iris.layers": "let a = 1\n" }).run(basic)).stderr).toContain("has no model to train");
  });

  test("sizes that are known only at run time and are not said, or that there are not", async () => {
    const model = "dim time\nmodel M { input [time, 2] compile(sgd, mse) Dense(3) }\n";
    const sandbox = makeTraining({ "iris.layers": model });
    const { exitCode, stderr } = await sandbox.run(basic);
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining("M has the run-time size 'time', and all samples of a file have one"),
    ]);
    expect(stderr).toContain("--dims time=16");
    expect((await sandbox.run(`${basic} --dims tim=3`)).stderr).toContain(
      "--dims names 'tim', which is no run-time size of M",
    );
  });

  test("mistakes of model and data are told with their lines", async () => {
    const sandbox = makeTraining({ "iris.csv": "length,width,species\n1,2,setsa\n" });
    const { exitCode, stderr } = await sandbox.run(basic);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("iris.csv:2:5");
    expect(stderr).toContain("did you mean 'setosa'?");
    expect((await makeTraining({ "iris.layers": irisModel.replace("Dense", "Dens") }).run(basic)).stderr).toContain(
      "unknown-layer",
    );
  });

  test("a column that was taken for the target by its name, while another has the labels", async () => {
    const rows = irisRows(30).replace("length,width,species", "x,y,species");
    const { stderr, exitCode } = await makeTraining({ "iris.csv": rows }).run(basic);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("expected a number (and in 29 more places)");
    expect(stderr).toContain("it is a label of Iris: --targets says which column has those");
    expect(stderr).toMatch(/Column 'y' has .*, expected a label of Iris \(and in 29 more places\)/);
    expect(stderr).toContain("2 errors in 1 file");
  });

  test("both files of samples are read before anything is said", async () => {
    const sandbox = makeTraining({ "test.csv": "length,width,species\n1,x,setosa\n" });
    const { exitCode, stderr } = await sandbox.run("iris.layers --data none.csv --validation test.csv");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("Can't read 'none.csv', given with --data: no such file");
    expect(stderr).toContain("test.csv:2:3");
  });

  test("samples outside of the project, where reads are kept inside", async () => {
    const outside = makeTraining();
    const inside = makeTraining({ "package.json": "{}" });
    const data = path.relative(inside.folder, path.join(outside.folder, "iris.csv"));
    const { exitCode, stderr } = await inside.run(`iris.layers --data ${data} --sandbox-paths`);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("it lies outside of the project")]);
    expect((await inside.run(`${basic} --sandbox-paths --epochs 1`)).exitCode).toBe(0);
  });

  test("a file for the validation is validated with", async () => {
    const sandbox = makeTraining({ "test.csv": irisRows(20, 5) });
    const { stdout } = await sandbox.run(`${basic} --epochs 1 --validation test.csv`);
    expect(stdout).toContain("Iris: 50 samples of iris.csv, 20 for the validation of test.csv, with TypeScript\n");
    expect(stdout).toContain("val_loss");
  });

  test("a split that leaves no samples, and one of a file that is sorted", async () => {
    const { exitCode, stderr } = await makeTraining({ "iris.csv": irisRows(3) }).run(`${basic} --validation-split 0.9`);
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining("of which --validation-split 0.9 leaves none for the training"),
    ]);
    const [header = "", ...rows] = irisRows(50).trimEnd().split("\n");
    const sorted = rows.toSorted((a, b) => (a.slice(a.lastIndexOf(",")) < b.slice(b.lastIndexOf(",")) ? -1 : 1));
    const warned = await makeTraining({ "iris.csv": [header, ...sorted].join("\n") }).run(
      `${basic} --epochs 1 --validation-split 0.4`,
    );
    expect(warned.exitCode).toBe(0);
    expect(warned.stderr).toContain("warning[validation-classes-unseen]: The training has no sample of 'virginica'");
  });

  test("samples that the trainer refuses, by their rows", async () => {
    const refusing = {
      compileTrainer: fakeCompile(({ step, observe }) => {
        const check = (inputs: ArrayLike<number>): void => {
          for (let at = 0; at < inputs.length; at++) {
            if ((inputs[at] as number) > 100)
              throw new RangeError(`Iris: the input holds ${inputs[at]}, expected an index`);
          }
        };
        return {
          step: (inputs, ...rest) => (check(inputs), step(inputs, ...rest)),
          observe: (inputs, ...rest) => (check(inputs), observe(inputs, ...rest)),
        };
      }),
    };
    const rows = irisRows(50).split("\n").with(42, "101,1,setosa").join("\n");
    const whole = await makeTraining({ "iris.csv": rows }).run(basic, { environment: refusing });
    expect([whole.exitCode, whole.stderr]).toEqual([
      1,
      expect.stringContaining(
        "Row 42 of 'iris.csv' can't be trained with: Iris: the input holds 101, expected an index",
      ),
    ]);
    const split = await makeTraining({ "iris.csv": rows }).run(`${basic} --validation-split 0.2`, {
      environment: refusing,
    });
    expect(split.stderr).toContain("Row 42 of 'iris.csv'");
    const first = irisRows(50).split("\n").with(1, "101,1,setosa").join("\n");
    const trained = await makeTraining({ "iris.csv": first }).run(`${basic} --validation-split 0.2`, {
      environment: refusing,
    });
    expect(trained.stderr).toContain("Row 1 of 'iris.csv'");
  });

  test.each([
    ["--epochs 0", "--epochs is '0', expected a whole number from 1 on"],
    ["--batch-size 1.5", "--batch-size is '1.5', expected a whole number from 1 on"],
    ["--seed -1", "--seed is '-1', expected a whole number from 0"],
    ["--validation-split 1", "--validation-split is '1', expected a number between 0 and 1"],
    ["--learning-rate 0", "--learning-rate is '0', expected a number above 0"],
    ["--class-weights heavy", "--class-weights is 'heavy', expected balanced, or weights of classes"],
    ["--class-weights 1:2,1:3", "--class-weights is '1:2,1:3', expected balanced, or weights of classes, each once"],
    ["--class-weights setosa:2,0:3", "--class-weights names one class of Iris twice, as 'setosa' and '0'"],
    ["--class-weights rosa:2", "--class-weights names 'rosa', which is no class of Iris"],
    ["--inputs a,,b", "--inputs is 'a,,b', expected names of columns, separated by commas"],
    ["--dims time", "--dims is 'time', expected sizes by name, each once, such as time=16"],
    ["--dims time=3,time=4", "--dims is 'time=3,time=4', expected sizes by name, each once, such as time=16"],
    ["--keep first", "--keep is 'first', expected best or last"],
    ["--out iris.npz", "--out is 'iris.npz', expected a name that ends in .safetensors"],
    ["--validation iris.csv --validation-split 0.1", "--validation-split and --validation can't go together"],
    ["other.layers", "--data goes with one model file, found 2"],
  ])("%s", async (given, message) => {
    const { exitCode, stderr } = await makeTraining({ "other.layers": irisModel }).run(
      `iris.layers ${given} --data iris.csv`,
    );
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });
});

/** A fix of iris.layers with one edit, from a place to another one on the same line. */
function fixOf(
  start: { line: number; column: number; offset: number },
  end: number,
  title: string,
  text: string,
): object {
  const column = start.column + end - start.offset;
  const location = { file: "iris.layers", start, end: { line: start.line, column, offset: end } };
  return { title, edits: [{ location, text }] };
}
