import fs from "node:fs";
import { fileURLToPath } from "node:url";
import type { Option } from "commander";
import { describe, expect, test } from "vitest";
import * as compiler from "../../src/compile.ts";
import { createProgram } from "../../src/cli/arguments/create-program.ts";
import { commands } from "../../src/cli/commands/index.ts";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";
import { withoutLayout } from "../support/prettier.ts";
import { two } from "../verify/harness.ts";
import { makeSandbox, type Run } from "./sandbox.ts";
import { fakeCompile } from "./train/fake-trainer.ts";
import { irisModel, irisRows } from "./train/training-sandbox.ts";

/** A command line, its exit code and what it has to say. */
interface Tried {
  readonly argv: readonly string[];
  readonly exitCode: number;
  readonly says?: RegExp;
}

/** Command lines that are right without any option. */
const plain: Readonly<Record<string, readonly string[]>> = {
  build: ["build", "two.layers"],
  check: ["check", "two.layers"],
  format: ["format", "two.layers"],
  types: ["types", "two.layers"],
  init: ["init"],
  summary: ["summary", "two.layers"],
  explain: ["explain", "unknown-layer"],
  train: ["train", "iris.layers", "--data", "iris.csv", "--epochs", "2"],
  prune: ["prune", "bound.layers", "--sparsity", "0.5", "--data", "iris.csv", "--epochs", "2"],
  verify: ["verify", "two.layers", "--against", "cases.json"],
  export: ["export", "two.layers", "--format", "safetensors", "--out-dir", "out"],
  import: ["import", "mlp.keras"],
  "language-server": ["language-server", "--stdio"],
  completions: ["completions", "fish"],
};

const fine = (...argv: readonly string[]): Tried => ({ argv, exitCode: 0 });
const wrong = (says: RegExp, ...argv: readonly string[]): Tried => ({ argv, exitCode: 2, says });
const folderIsFile = /(is a file|not a folder|can't be made)/;

/** What both commands take that train. */
function ofTraining(command: "train" | "prune"): Readonly<Record<string, readonly Tried[]>> {
  return {
    [`${command} --data`]: [
      fine("iris.csv"),
      wrong(/Can't read 'none\.csv', given with --data/, "none.csv"),
      { argv: ["cases.json"], exitCode: 1, says: /cases\.json/ },
    ],
    [`${command} --inputs`]: [fine("width,length"), { argv: ["with"], exitCode: 1, says: /did you mean 'width'\?/ }],
    [`${command} --targets`]: [fine("species"), { argv: ["width"], exitCode: 1, says: /column 'width'/i }],
    [`${command} --dims`]: [
      { argv: ["time=3"], exitCode: 1, says: /which is no run-time size of Iris/ },
      wrong(/such as time=16/, "3"),
    ],
    [`${command} --validation`]: [fine("iris.csv"), wrong(/given with --validation/, "none.csv")],
    [`${command} --validation-split`]: [fine("0.2"), wrong(/expected a number between 0 and 1/, "20")],
    [`${command} --epochs`]: [fine("3"), wrong(/expected a whole number from 1 on/, "many")],
    [`${command} --batch-size`]: [fine("7"), wrong(/expected a whole number from 1 on/, "0")],
    [`${command} --seed`]: [fine("7"), wrong(/expected a whole number from 0 to/, "x")],
    [`${command} --learning-rate`]: [fine("1e-3"), wrong(/expected a number above 0/, "0")],
    [`${command} --patience`]: [fine("1"), wrong(/expected a whole number from 1 on/, "0")],
    [`${command} --keep`]: [fine("best"), wrong(/--keep is 'all', expected best or last/, "all")],
    [`${command} --class-weights`]: [
      fine("balanced"),
      fine("1:2,setosa:5"),
      wrong(/which is no class of Iris/, "rosa:2"),
    ],
    [`${command} --log`]: [fine("log.jsonl"), wrong(/'cases\.json' exists/, "cases.json")],
    [`${command} --plot`]: [fine("plot.svg"), wrong(/'cases\.json' exists/, "cases.json")],
    [`${command} --model`]: [fine("Iris"), { argv: ["Irs"], exitCode: 1, says: /did you mean 'Iris'\?/ }],
  };
}

/** What options are tried with, by their flags; those of one command behind its name. */
const values: Readonly<Record<string, readonly Tried[]>> = {
  "--report": [fine("json"), wrong(/--report is 'xml', expected text or json/, "xml")],
  "--config": [fine("given.json"), wrong(/none\.json/, "none.json"), wrong(/nonsense/, "wrong.json")],
  "--out-dir": [
    fine("made/deep"),
    wrong(folderIsFile, "cases.json"),
    wrong(/is the name of a module, expected a folder/, "out/two.ts"),
  ],
  "--target": [fine("wasm"), wrong(/--target is 'cuda', expected typescript, wasm or auto/, "cuda")],
  "--precision": [wrong(/--precision is 'int4', expected float32.*int8/, "int4")],
  "build --precision": [fine("bfloat16"), fine("int8")],
  "verify --precision": [fine("bfloat16"), fine("int8")],
  "export --precision": [fine("float32"), wrong(/--precision is 'bfloat16', expected float32 or int8/, "bfloat16")],
  "--unroll": [fine("none"), wrong(/--unroll is 'some', expected auto, full or none/, "some")],
  "--engine": [
    fine("interpreter"),
    wrong(/--engine is 'node', expected any, v8, jsc, spidermonkey or interpreter/, "node"),
  ],
  "build --weights": [
    fine("file"),
    wrong(/--weights is 'two.safetensors', expected inline or file/, "two.safetensors"),
  ],
  "types --weights": [fine("file"), wrong(/--weights is 'out', expected inline or file/, "out")],
  "verify --weights": [
    { argv: ["two.safetensors"], exitCode: 1, says: /two\.safetensors' is one file too many/ },
    { argv: ["none.npz"], exitCode: 1 },
  ],
  "import --weights": [{ argv: ["none.h5"], exitCode: 1, says: /--weights is for an architecture alone/ }],
  "--emit": [fine("cjs"), wrong(/--emit is 'json', expected ts, js, mts, mjs or cjs/, "json")],
  "--self-test": [fine("cases.json"), wrong(/Can't read 'none\.json', given with --self-test/, "none.json")],
  "--name": [wrong(/'two words'/, "two words")],
  "build --output": [wrong(/--output goes with a trained file/, "dense")],
  "import --output": [fine("dense"), { argv: ["conv"], exitCode: 1, says: /no layer 'conv' to end with/ }],
  "--depfile": [fine("two.d"), wrong(/two\.layers/, "two.layers")],
  "--emit-ir": [fine("loops:unroll"), wrong(/trees/, "trees")],
  "--cache-dir": [fine("cache")],
  "--stdin-file": [wrong(/stdin-file/, "a.layers")],
  "--stdin-filepath": [wrong(/can't go together with files/, "a.layers")],
  "--ending": [fine("layers.d.ts"), wrong(/--ending is 'd\.ts', expected d\.layers\.ts or layers\.d\.ts/, "d.ts")],
  "--width": [fine("60"), wrong(/--width is 'wide', expected a whole number of columns/, "wide")],
  "--against": [fine("cases.json"), wrong(/Can't read 'none\.npz', given with --against/, "none.npz")],
  "--tolerance": [fine("0.5"), wrong(/--tolerance is '-1', expected a number that is not negative/, "-1")],
  "train --out": [fine("made/net.safetensors"), wrong(/expected a name that ends in \.safetensors/, "net.npz")],
  "prune --sparsity": [fine("0.25"), wrong(/expected a number from 0 to below 1/, "1")],
  "prune --block": [fine("2x2"), wrong(/expected inputs by units, such as 4x8/, "4")],
  "prune --except": [wrong(/which is no layer of Iris that is pruned/, "dens")],
  "prune --pruning-epochs": [fine("0"), wrong(/--pruning-epochs is 2, of 2 in all/, "2")],
  "prune --out": [fine("made/net.safetensors"), wrong(/expected a name that ends in \.safetensors/, "net.npz")],
  ...ofTraining("train"),
  ...ofTraining("prune"),
  "verify --model": [fine("Two"), { argv: ["Three"], exitCode: 1, says: /Three/ }],
  "export --model": [fine("Two"), { argv: ["Three"], exitCode: 1, says: /Three/ }],
  "import --model": [wrong(/--model chooses a variable of a script, and 'mlp\.keras' is a model/, "net")],
  "--socket": [
    wrong(/--stdio and --socket can't go together/, "6009"),
    wrong(/--socket is 'x', expected the number of a port/, "x"),
  ],
  "--pipe": [wrong(/--stdio and --pipe can't go together/, "layerc.sock")],
  "--clientProcessId": [fine("1")],
  "export --format": [
    fine("onnx"),
    wrong(/--format is 'pickle', expected onnx, safetensors or keras-weights/, "pickle"),
  ],
  "summary --format": [
    { argv: ["text"], exitCode: 0, says: /^Model: "Two"\n┏/ },
    { argv: ["markdown"], exitCode: 0, says: /^\| Layer \| Type \|/m },
    { argv: ["json"], exitCode: 0, says: /^\{\n {2}"version": 1,\n {2}"command": "summary",/ },
    { argv: ["svg"], exitCode: 0, says: /^<svg [^]*<\/svg>\n$/ },
    { argv: ["mermaid"], exitCode: 0, says: /^flowchart TB\n/ },
    wrong(/--format is 'png', expected text, markdown, json, svg or mermaid/, "png"),
  ],
  // The hidden name of --report, of all others.
  "--format": [fine("json")],
};

/** Switches whose command line has to be another one, or that say something worth looking at. */
const switches: Readonly<Record<string, readonly Tried[]>> = {
  "build --check": [{ argv: ["build", "two.layers", "--check"], exitCode: 1, says: /two\.ts is missing/ }],
  "format --check": [{ argv: ["format", "two.layers", "--check"], exitCode: 1, says: /two\.layers is not formatted/ }],
  "types --check": [{ argv: ["types", "two.layers", "--check"], exitCode: 1, says: /is missing/ }],
  "build --list-outputs": [{ argv: ["build", "two.layers", "--list-outputs"], exitCode: 0, says: /^two\.ts$/m }],
  "build --explain": [{ argv: ["build", "two.layers", "--explain"], exitCode: 0, says: /Multiply-adds/ }],
  "language-server --node-ipc": [
    { argv: ["language-server", "--node-ipc"], exitCode: 0 },
    { argv: ["language-server", "--node-ipc", "--stdio"], exitCode: 2, says: /can't go together/ },
  ],
  "prune --resume": [
    {
      argv: ["prune", "bound.layers", "--sparsity", "0.5", "--data", "iris.csv", "--resume"],
      exitCode: 2,
      says: /no such file/,
    },
  ],
  "train --resume": [
    { argv: ["train", "iris.layers", "--data", "iris.csv", "--resume"], exitCode: 2, says: /no such file/ },
  ],
  "build --no-write": [{ argv: ["build", "two.layers", "--no-write"], exitCode: 0, says: /\(not written\)/ }],
};

function sandbox() {
  const keras = new URL("../fixtures/keras/models/xor_2_8_1/model.keras", import.meta.url);
  return makeSandbox({
    "two.layers": two.text,
    ...two.weights(),
    "iris.layers": irisModel,
    "bound.layers": irisModel.replace("input", 'weights "./bound.safetensors"\n  input'),
    "bound.safetensors": writeSafetensors([
      { name: "dense.kernel", shape: [2, 3], data: Float32Array.of(1, -2, 0.5, 0.25, 3, -1) },
      { name: "dense.bias", shape: [3], data: Float32Array.of(0, 0.1, 0.2) },
    ]),
    "iris.csv": irisRows(50),
    "cases.json": JSON.stringify({ inputs: two.inputs, outputs: two.outputs }),
    "mlp.keras": fs.readFileSync(fileURLToPath(keras)),
    "given.json": '{ "target": "wasm" }',
    "wrong.json": '{ "nonsense": 1 }',
    "package.json": '{ "type": "module" }',
  });
}

function layerc(argv: readonly string[]): Promise<Run> {
  // Serving ends at once, as the watching does.
  const compileTrainer = fakeCompile();
  const stopSignal = (): AbortSignal =>
    ["train", "prune"].includes(argv[0] ?? "") ? new AbortController().signal : AbortSignal.abort();
  const environment = { compileTrainer, stopSignal, serveEditor: async () => 0 as never };
  return withoutLayout(() => sandbox().run(argv, { compiler, environment }));
}

async function expectTried({ argv, exitCode, says }: Tried): Promise<void> {
  const run = await layerc(argv);
  const printed = run.stdout + run.stderr;
  expect(run.exitCode, printed).toBe(exitCode);
  if (says !== undefined) expect(printed).toMatch(says);
  expect(printed).not.toMatch(/layerc has a bug|^\s+at /m);
  if (exitCode === 2) expect(printed).toContain("error[");
}

function takesValue({ required, optional }: Option): boolean {
  return required || optional;
}

const program = createProgram("1.2.3", commands, () => undefined);

describe.each(program.commands.map((parser) => [parser.name(), parser] as const))("layerc %s", (name, parser) => {
  const base = plain[name] ?? [];

  test("is right without options", () => expectTried({ argv: base, exitCode: 0 }));

  const options = parser.options.map((option) => [option.long ?? option.flags, option] as const);
  test.each(options.filter(([, option]) => takesValue(option)))("%s", async (flag) => {
    const own = values[`${name} ${flag}`];
    const tried = [...(own ?? []), ...((flag === "--format" && own !== undefined ? [] : values[flag]) ?? [])];
    expect(tried.length, `${name} ${flag} is tried`).toBeGreaterThan(0);
    for (const { argv, ...expected } of tried) await expectTried({ argv: [...base, flag, ...argv], ...expected });
    await expectTried({ argv: [...base, flag], exitCode: 2, says: /has no value, expected --/ });
  });

  test.each(options.filter(([, option]) => !takesValue(option)))("%s", async (flag, option) => {
    for (const tried of switches[`${name} ${flag}`] ?? [{ argv: [...base, flag], exitCode: 0 }])
      await expectTried(tried);
    if (option.short !== undefined) await expectTried({ argv: [...base, option.short], exitCode: 0 });
    await expectTried({ argv: [...base, `${flag}=yes`], exitCode: 2 });
  });

  test("a word that is none of its options", () =>
    expectTried({ argv: [...base, "--nonsense"], exitCode: 2, says: /Unknown option '--nonsense'/ }));
});
