import type { BlockShape } from "../../fit/pruning/pruned-kernel.ts";
import type { Invocation } from "../arguments/invocation.ts";
import type { OwnOptions, Parser } from "../arguments/option.ts";
import { trainOptions, type TrainInvocation } from "./train-options.ts";

const sparsity: Parser<number> = {
  read(text) {
    const value = Number(text);
    return text.trim() !== "" && value >= 0 && value < 1 ? value : undefined;
  },
  expected: "a number from 0 to below 1, such as 0.8",
};

const block: Parser<BlockShape> = {
  read(text) {
    const [, inputs, units] = /^(\d+)x(\d+)$/.exec(text) ?? [];
    const shape = { inputs: Number(inputs), units: Number(units) };
    const isRight = Object.values(shape).every((size) => Number.isSafeInteger(size) && size > 0);
    return isRight ? shape : undefined;
  },
  expected: "inputs by units, such as 4x8",
};

const layers: Parser<readonly string[]> = {
  read(text) {
    const list = text.split(",").map((name) => name.trim());
    return list.includes("") ? undefined : list;
  },
  expected: "names of layers, separated by commas",
};

const epochs: Parser<number> = {
  read(text) {
    const value = Number(text);
    return /^\d+$/.test(text) && Number.isSafeInteger(value) ? value : undefined;
  },
  expected: "a whole number from 0 on",
};

/** What `layerc prune` takes and `layerc train` does not. */
export const pruningOptions = {
  sparsity: {
    flag: "--sparsity <share>",
    description: "the share of the weights that become 0, in each kernel",
    parser: sparsity,
    required: true,
  },
  block: {
    flag: "--block <size>",
    description: "prune blocks of so many inputs by so many units, such as 4x8 (default: each weight by itself)",
    parser: block,
  },
  except: {
    flag: "--except <layers>",
    description: "layers that stay as they are, by their names in layerc summary",
    parser: layers,
  },
  withOutput: {
    flag: "--with-output",
    description: "prune the last kernel, too, which gives the output (default: all others)",
  },
  pruningEpochs: {
    flag: "--pruning-epochs <n>",
    description: "the epochs in which weights are taken away, little by little (default: the first half)",
    parser: epochs,
  },
} as const satisfies OwnOptions;

const { data, fromScratch: _, model: __, out: ___, ...shared } = trainOptions;

/** The options of `layerc prune`. */
export const pruneOptions = {
  ...pruningOptions,
  data: {
    flag: data.flag,
    description: `${data.description}; without them weights are taken away at once, and nothing is trained`,
  },
  ...shared,
  out: {
    flag: "--out <file>",
    description:
      "where the weights go, .safetensors; the checkpoint lies beside it (default: the name of the model, and .pruned.safetensors)",
  },
  model: { flag: "--model <name>", description: "the model to prune, where the file has several" },
} as const satisfies OwnOptions;

/** What `layerc prune` is run with. */
export type PruneInvocation = Invocation<"prune", typeof pruneOptions, { readonly kind: "files" }>;

/** What trains: `layerc train`, or `layerc prune` where it is given samples. */
export type RunInvocation = TrainInvocation | (PruneInvocation & { readonly data: string });
