import { counted } from "../../diagnostics/counted.ts";
import { visibleText } from "../../diagnostics/visible-text.ts";
import { formatResult } from "../../fit/format-result.ts";
import type { Results } from "../../fit/loop/trainer.ts";
import { mainResult } from "../../fit/main-result.ts";
import { isTrainedFile } from "../../model-formats/file-names.ts";
import { targetEntry } from "../../targets/index.ts";
import { clausePath } from "./training-places.ts";
import type { ReadyTraining, RunResult } from "./run-training.ts";
import { weightsFix } from "./weights-fix.ts";

/** What is trained, with which samples and columns, and from which weights. */
export function introduction({ trained, data, compiled, checkpoint }: ReadyTraining): string {
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
  if (checkpoint !== undefined) {
    lines.push(`Going on after ${position(checkpoint.progress)}`);
  } else if (arrays !== undefined) {
    const bound = model.weights === undefined ? "that it binds" : `of ${visibleText(model.weights.path)}`;
    lines.push(`Going on from the weights ${bound}; --from-scratch begins without them`);
  }
  return lines.map((line) => `${line}\n`).join("");
}

/** How a run ended, what it made better, and what to do with the weights. */
export function closing(
  { trained, data, settings, progress, places, before }: ReadyTraining,
  { end, weights, problems }: RunResult,
  after: Results | undefined,
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
  if (after !== undefined) {
    const name = mainResult(after);
    const { count } = (data.validation ?? data.training).samples;
    const samples = `${counted(count, "sample")}${data.validation === undefined ? "" : " of the validation"}`;
    lines.push(
      `${name} ${change(name, before, after)} on the ${samples}${name === "loss" ? "" : ` (loss ${change("loss", before, after)})`}`,
    );
  }
  if ((after?.["loss"] ?? 0) > (before["loss"] ?? 0)) {
    lines.push(
      "The loss is larger than before: try a lower learning rate, or inputs of a smaller size (Rescaling, Normalization)",
    );
  }
  if (weights !== undefined) {
    lines.push(`${model.name} -> ${visibleText(places.weights)}`);
    const clause = visibleText(`weights ${JSON.stringify(clausePath(model, places.weights, cwd))}`);
    if (isTrainedFile(file)) {
      lines.push(`layerc import ${visibleText(file)} writes a model file that can bind them: ${clause}`);
    } else if (weightsFix(model, places.weights, cwd) !== undefined) {
      const where = `${model.name} in ${visibleText(file)}`;
      lines.push(
        model.weights === undefined
          ? `Add to ${where}: ${clause}`
          : `Change the clause of ${where} to use them: ${clause}`,
      );
    }
  }
  if (end.kind === "interrupted" && problems.length === 0) lines.push("The same command goes on with --resume");
  return lines.map((line) => `${line}\n`).join("");
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
  const format = (value = Number.NaN): string => (value === 0 ? "0" : formatResult(value));
  return `${format(before[name])} -> ${format(after[name])}`;
}

function shortList(names: readonly string[]): string {
  const shown = names.length > 12 ? [...names.slice(0, 5), "…", ...names.slice(-2)] : names;
  return shown.map(visibleText).join(", ");
}
