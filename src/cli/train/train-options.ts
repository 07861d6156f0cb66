import { targetOptions } from "../../targets/index.ts";
import type { GivenClassWeights } from "../../fit/loop/class-weights.ts";
import type { Invocation } from "../arguments/invocation.ts";
import type { OwnOptions, Parser } from "../arguments/option.ts";

const count: Parser<number> = {
  read(text) {
    const value = Number(text);
    return /^\d+$/.test(text) && Number.isSafeInteger(value) && value > 0 ? value : undefined;
  },
  expected: "a whole number from 1 on",
};

const seed: Parser<number> = {
  read(text) {
    const value = Number(text);
    return /^\d+$/.test(text) && Number.isSafeInteger(value) ? value : undefined;
  },
  expected: `a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`,
};

const share: Parser<number> = {
  read(text) {
    const value = Number(text);
    return text.trim() !== "" && value > 0 && value < 1 ? value : undefined;
  },
  expected: "a number between 0 and 1, such as 0.2",
};

const rate: Parser<number> = {
  read(text) {
    const value = Number(text);
    return text.trim() !== "" && Number.isFinite(value) && value > 0 ? value : undefined;
  },
  expected: "a number above 0, such as 1e-3",
};

const names: Parser<readonly string[]> = {
  read(text) {
    const list = text.split(",").map((name) => name.trim());
    return list.includes("") ? undefined : list;
  },
  expected: "names of columns, separated by commas",
};

const classWeights: Parser<GivenClassWeights> = {
  read(text) {
    if (text === "balanced") return text;
    const weights = new Map<string, number>();
    for (const item of text.split(",")) {
      const [, name = "", written = ""] = /^(.*):([^:]*)$/.exec(item) ?? [];
      const weight = Number(written);
      if (name.trim() === "" || written.trim() === "" || !Number.isFinite(weight) || weight < 0) return undefined;
      if (weights.has(name.trim())) return undefined;
      weights.set(name.trim(), weight);
    }
    return weights;
  },
  expected: "balanced, or weights of classes, each once, such as 0:1,1:5",
};

const dims: Parser<Readonly<Record<string, number>>> = {
  read(text) {
    const pairs = text.split(",").map((item) => /^\s*(\w+)\s*=\s*(\d+)\s*$/.exec(item));
    const values = pairs.flatMap((pair) => (pair === null ? [] : [[pair[1] as string, Number(pair[2])] as const]));
    const isRight = values.length === pairs.length && values.every(([, size]) => size > 0 && size < 2 ** 31);
    const areOnce = new Set(values.map(([name]) => name)).size === values.length;
    return isRight && areOnce ? Object.fromEntries(values) : undefined;
  },
  expected: "sizes by name, each once, such as time=16",
};

/** The options of `layerc train`. */
export const trainOptions = {
  data: {
    flag: "--data <file>",
    description: "the samples: CSV with a header, JSONL, or .npz with x and y",
    required: true,
  },
  inputs: {
    flag: "--inputs <columns>",
    description: "the columns that are inputs, in order (default: all that are no targets)",
    parser: names,
  },
  targets: {
    flag: "--targets <columns>",
    description: "the columns that are targets (default: label, target, class or y, else the last)",
    parser: names,
  },
  dims: {
    flag: "--dims <sizes>",
    description: "what the run-time sizes of the model are in the samples, such as time=16",
    parser: dims,
  },
  validation: { flag: "--validation <file>", description: "samples to validate with after each epoch" },
  validationSplit: {
    flag: "--validation-split <share>",
    description: "the share of the samples, from the end, that are validated with and not trained on",
    parser: share,
    conflicts: ["validation"],
  },
  epochs: { flag: "--epochs <n>", description: "how often to go over all samples (default: 100)", parser: count },
  batchSize: { flag: "--batch-size <n>", description: "samples of a step (default: 32)", parser: count },
  seed: {
    flag: "--seed <n>",
    description: "what weights, order and dropouts are made of; the same gives the same run (default: 0)",
    parser: seed,
  },
  learningRate: {
    flag: "--learning-rate <rate>",
    description: "another learning rate than that of the compile clause",
    parser: rate,
  },
  patience: {
    flag: "--patience <epochs>",
    description: "stop when the loss of the validation, or without one the loss, was not better for so long",
    parser: count,
  },
  keep: {
    flag: "--keep <epoch>",
    description:
      "whose weights to write: those of the epoch with the best loss (the default with --patience or a validation), or of the last",
    values: ["best", "last"],
  },
  classWeights: {
    flag: "--class-weights <weights>",
    description: "what samples of each class count: balanced, or such as 0:1,1:5 or cat:1,dog:5",
    parser: classWeights,
  },
  shuffle: { flag: "--no-shuffle", description: "take the samples in the order of the file in every epoch" },
  target: {
    flag: "--target <name>",
    description: "what to train with: TypeScript in float64, WebAssembly in float32, or what is faster (default: auto)",
    values: targetOptions,
  },
  out: {
    flag: "--out <file>",
    description:
      "where the weights go, .safetensors; the checkpoint lies beside it (default: what the weights clause names, or the name of the model)",
  },
  resume: { flag: "--resume", description: "go on from the checkpoint, with its options where none are given" },
  fromScratch: { flag: "--from-scratch", description: "begin with the initializers, though the model binds weights" },
  log: { flag: "--log <file>", description: "write loss and metrics of each epoch, a line of JSON each" },
  plot: { flag: "--plot <file>", description: "draw loss and metrics of all epochs, as SVG" },
  model: { flag: "--model <name>", description: "the model to train, where the file has several" },
  force: { flag: "--force", description: "replace files that training did not write" },
} as const satisfies OwnOptions;

/** What `layerc train` is run with. */
export type TrainInvocation = Invocation<"train", typeof trainOptions, { readonly kind: "files" }>;
