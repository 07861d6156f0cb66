import { defineCommand } from "../arguments/command.ts";
import { trainOptions } from "../train/train-options.ts";

/** `layerc train`: fits the weights of a model to samples, and writes them as a file that the model binds. */
export const train = defineCommand({
  name: "train",
  description: "train a model that has a compile clause on the samples of a file, and write its weights",
  argument: { kind: "files" },
  alsoTried: ["fit", "learn"],
  options: trainOptions,
  readsConfig: true,
  async run(invocation, environment) {
    const { trainFile } = await import("../train/train-file.ts");
    return trainFile(invocation, environment);
  },
});
