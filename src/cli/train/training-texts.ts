import { counted } from "../../diagnostics/counted.ts";
import { visibleText } from "../../diagnostics/visible-text.ts";
import { formatResult } from "../../fit/format-result.ts";
import type { Results } from "../../fit/loop/trainer.ts";
import { mainResult } from "../../fit/main-result.ts";
import type { PrunedLayer } from "../../fit/pruning/pruned-layers.ts";
import { targetEntry } from "../../targets/index.ts";
import { percent, pruningIntroduction, pruningTable } from "./pruning-texts.ts";
import type { ReadyTraining, RunResult } from "./run-training.ts";
import { writtenWeights } from "./written-weights.ts";

/** What is trained, with which samples and columns, and from which weights. */
export function introduction({ trained, data, compiled, checkpoint, settings, pruned }: ReadyTraining): string {
  const { model, arrays } = trained;
  const { set, validationSet, training, validation } = data;
  const held =
    validation === undefined
      ? ""
      : `, ${counted(validation.samples.count, "for the validation", "for the validation")}${
          validationSet === undefined ? "" : ` of ${visibleText(validationSet.path)}`
        }`;
  const lines = [
    `${model.name}: ${counted(training.samples.count, "sample")} of ${visibleText(set.path)}${held}, with ${targetEntry(compiled.target).title}`,
  ];
  if (set.columns !== undefined) {
    const { names, inputs, targets, weight } = set.columns;
    const listed = (columns: readonly number[]): string => shortList(columns.map((at) => names[at] as string));
    const weighed = weight === undefined ? "" : `, weights ${visibleText(names[weight] as string)}`;
    lines.push(`Inputs ${listed(inputs)}; ${targets.length === 1 ? "target" : "targets"} ${listed(targets)}${weighed}`);
  }
  if (pruned !== undefined && settings.command === "prune") lines.push(pruningIntroduction(settings, pruned));
  if (checkpoint !== undefined) {
    lines.push(`Going on after ${position(checkpoint.progress)}`);
  } else if (arrays !== undefined && settings.command === "train") {
    const bound = model.weights === undefined ? "that it binds" : `of ${visibleText(model.weights.path)}`;
    lines.push(`Going on from the weights ${bound}; --from-scratch begins without them`);
  }
  return lines.map((line) => `${line}\n`).join("");
}

/** How a run ended, what it made better, and what to do with the weights. */
export function closing(
  { trained, data, settings, progress, places, before, pruning, atOnce }: ReadyTraining,
  { end, weights, problems }: RunResult,
  after: Results | undefined,
  layers: readonly PrunedLayer[] | undefined,
  file: string,
  cwd: string,
): string {
  const { model } = trained;
  const lines: string[] = [];
  const kept = keptEpoch(settings.keep, progress);
  const keptText =
    kept === undefined
      ? ""
      : `; the weights are those of epoch ${kept}${kept === progress.best?.epoch ? ", the best" : ""}`;
  switch (end.kind) {
    case "finished":
      if (settings.keep === "best" && kept !== undefined && kept !== progress.epoch) lines.push(`Done${keptText}`);
      break;
    case "stopped-early":
      lines.push(
        `Stopped: ${counted(progress.epoch - (progress.best?.epoch ?? 0), "epoch")} without a better loss${keptText}`,
      );
      break;
    case "interrupted":
      lines.push(`Stopped after ${position(progress)}${keptText}`);
      break;
    case "diverged":
    case "unwritable":
      break;
  }
  if (pruning?.trainer.isPruned === false) {
    const { sparsity } = pruning.trainer;
    lines.push(
      `${percent(sparsity)} are pruned of ${percent(pruning.plan.sparsity)}: weights are written when all of that is`,
    );
  }
  if (after !== undefined) {
    const name = mainResult(after);
    const { count } = (data.validation ?? data.training).samples;
    const samples = `${counted(count, "sample")}${data.validation === undefined ? "" : " of the validation"}`;
    lines.push(
      `${name} ${change(name, before, after)} on the ${samples}${name === "loss" ? "" : ` (loss ${change("loss", before, after)})`}${
        atOnce === undefined ? "" : `; pruned at once ${value(name, atOnce)}`
      }`,
    );
  }
  if (pruning === undefined && (after?.["loss"] ?? 0) > (before["loss"] ?? 0)) {
    lines.push(
      "The loss is larger than before: try a lower learning rate, or inputs of a smaller size (Rescaling, Normalization)",
    );
  }
  if (weights !== undefined) {
    lines.push(...writtenWeights(model, places.weights, file, cwd));
  }
  if (end.kind === "interrupted" && problems.length === 0) lines.push("The same command goes on with --resume");
  const isBlocked = settings.command === "prune" && settings.block !== undefined;
  const table = layers === undefined ? "" : pruningTable(layers, isBlocked);
  return table + lines.map((line) => `${line}\n`).join("");
}

function position({ epoch, step }: ReadyTraining["progress"]): string {
  const steps = step === 0 ? "" : `step ${step} of epoch ${epoch + 1}`;
  return epoch === 0 ? steps || "no step" : `epoch ${epoch}${steps === "" ? "" : ` and ${steps}`}`;
}

/** The epoch whose weights are written, where they are those of the end of one. */
export function keptEpoch(keep: "best" | "last", { best, epoch, step }: ReadyTraining["progress"]): number | undefined {
  if (keep === "best" && best !== undefined) return best.epoch;
  return step === 0 && epoch > 0 ? epoch : undefined;
}

function change(name: string, before: Results, after: Results): string {
  return `${value(name, before)} -> ${value(name, after)}`;
}

function value(name: string, results: Results): string {
  const found = results[name] ?? Number.NaN;
  return found === 0 ? "0" : formatResult(found);
}

function shortList(names: readonly string[]): string {
  const shown = names.length > 12 ? [...names.slice(0, 5), "…", ...names.slice(-2)] : names;
  return shown.map(visibleText).join(", ");
}
