import { defineCommand } from "../arguments/command.ts";
import { pruneOptions } from "../train/prune-options.ts";

/** `layerc prune`: takes the smallest weights of a model away, trains the others on, and writes what is left. */
export const prune = defineCommand({
  name: "prune",
  description: "set the smallest weights of a trained model to 0 while the others are trained on, and write them",
  argument: { kind: "files" },
  alsoTried: ["sparsify"],
  options: pruneOptions,
  readsConfig: true,
  async run(invocation, environment) {
    const { pruneFile } = await import("../train/prune-file.ts");
    return pruneFile(invocation, environment);
  },
});
