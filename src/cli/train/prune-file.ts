import { fixToJson } from "../../diagnostics/to-json.ts";
import { hasErrors } from "../../diagnostics/diagnostic.ts";
import { checkTrained } from "../../fit/check-trained.ts";
import { markWeights } from "../../fit/checkpoint/mark-weights.ts";
import { chooseKernels } from "../../fit/pruning/choose-kernels.ts";
import { warnOfCoarseBlocks } from "../../fit/pruning/coarse-blocks.ts";
import { pruneNotTuned } from "../../fit/pruning/not-tuned.ts";
import { pruneArrays } from "../../fit/pruning/prune-arrays.ts";
import { single } from "../../fit/pruning/pruned-kernel.ts";
import { prunedLayers } from "../../fit/pruning/pruned-layers.ts";
import { commitFiles } from "../../node/commit-files.ts";
import type { Environment } from "../../node/environment.ts";
import { createNodeHost } from "../../node/node-host.ts";
import { writeModelArrays } from "../../weights/write-model-arrays.ts";
import { wrongUsage } from "../arguments/wrong-usage.ts";
import { stopped, type Outcome } from "../report/outcome.ts";
import { findModelFile } from "./find-model-file.ts";
import type { Preparing } from "./preparing.ts";
import { otherFiles } from "./prepare-model.ts";
import { pruneOptions, type PruneInvocation } from "./prune-options.ts";
import { pruningJson } from "./pruning-json.ts";
import { pruningTable } from "./pruning-texts.ts";
import { trainFile } from "./train-file.ts";
import { checkPlaces, placeTraining } from "./training-places.ts";
import { weightsFix } from "./weights-fix.ts";
import { writtenWeights } from "./written-weights.ts";

const nothing = { pruning: null };

/** Prunes a model of a file: while it is trained where there are samples, else at once. */
export async function pruneFile(invocation: PruneInvocation, environment: Environment): Promise<Outcome> {
  const { data } = invocation;
  if (data !== undefined) return trainFile({ ...invocation, data }, environment);
  // Without --no-shuffle the parser says that they are shuffled.
  const idle = ofTraining.find((name) =>
    name === "shuffle" ? invocation.shuffle === false : invocation[name] !== undefined,
  );
  if (idle === undefined) return pruneAtOnce(invocation, environment);
  const [flag] = pruneOptions[idle].flag.split(" ");
  const help = "--data names the samples, which pruning trains on; without them weights are only taken away";
  return stopped(
    [wrongUsage(undefined, { message: `${flag} is about training, and there is no --data`, help })],
    nothing,
  );
}

/** Options that mean nothing where nothing is trained. */
const ofTraining = [
  "pruningEpochs",
  "inputs",
  "targets",
  "dims",
  "validation",
  "validationSplit",
  "epochs",
  "batchSize",
  "seed",
  "learningRate",
  "patience",
  "keep",
  "classWeights",
  "shuffle",
  "target",
  "resume",
  "log",
  "plot",
] as const satisfies readonly (keyof typeof pruneOptions)[];

async function pruneAtOnce(invocation: PruneInvocation, environment: Environment): Promise<Outcome> {
  const { cwd, files } = environment;
  const { sparsity, block = single, except = [], withOutput = false } = invocation;
  const host = createNodeHost(cwd, files);
  const found = await findModelFile(invocation, "--sparsity", host, environment);
  if (found.kind === "wrong") return stopped(found.problems, nothing);
  const { input } = found;
  const checked = await checkTrained(input.source, host, {
    asked: invocation.model,
    weights: "needed",
    isCompiled: false,
  });
  const preparing: Preparing = {
    problems: [],
    diagnostics: [...found.diagnostics, ...checked.diagnostics],
    sources: [...checked.sources],
  };
  const { problems, diagnostics } = preparing;
  const wrong = (): Outcome => ({ ...preparing, text: "", json: nothing });
  const { model, arrays } = checked.value ?? {};
  if (model === undefined || arrays === undefined) return wrong();
  const placed = placeTraining(invocation, model, cwd);
  problems.push(...placed.diagnostics);
  const chosen = chooseKernels(model, { except, withOutput });
  for (const diagnostic of chosen.diagnostics) {
    (diagnostic.span === undefined ? problems : diagnostics).push(diagnostic);
  }
  const place = placed.value?.weights;
  if (place === undefined || chosen.value === undefined) return wrong();
  const { kernels } = chosen.value;
  const read = [input.path, ...otherFiles(checked.dependencies, model, host)];
  problems.push(...checkPlaces({ weights: place }, read, input.path, invocation, environment));
  if (problems.length > 0 || hasErrors(diagnostics)) return wrong();

  const pruned = pruneArrays(arrays, kernels, block, sparsity);
  const content = markWeights(writeModelArrays(model, pruned), model.name);
  const failure = await commitFiles([{ path: place, content }], cwd, files);
  if (failure !== undefined) {
    problems.push(failure);
    return wrong();
  }
  const layers = prunedLayers(kernels, block, pruned);
  diagnostics.push(...warnOfCoarseBlocks(layers, sparsity), pruneNotTuned(undefined, { model: model.name }));
  const fix = weightsFix(model, place, cwd);
  const lines = writtenWeights(model, place, input.path, cwd);
  return {
    ...preparing,
    text: `${pruningTable(layers, invocation.block !== undefined)}${lines.map((line) => `${line}\n`).join("")}`,
    json: {
      pruning: {
        model: model.name,
        ...pruningJson(invocation, chosen.value, layers, undefined),
        weights: place,
        fix: fix === undefined ? null : fixToJson(fix, preparing.sources),
      },
    },
  };
}
