import type { Size } from "../../ir/size.ts";
import type { TrainingReport } from "../../report/training-report.ts";
import { formatBytes } from "./format-bytes.ts";

/** What `--explain` says of a trainer: the memory of its arrays. A line each, without indent. */
export function explainTraining({ batchSize, memory }: TrainingReport): readonly string[] {
  const { weights, optimizer, values, batch, other, total, least } = memory;
  const parts = [
    ["weights", weights],
    ["the optimizer", optimizer],
    ["gradients and activations", values],
    ["the batch", batch],
    ["other", other],
  ] as const;
  const shown = parts.filter(([, sizes]) => sizes.length > 0).map(([what, sizes]) => `${what} ${sum(sizes)}`);
  return [`trainer: ${sum(total)} with batches of ${batchSize}: ${shown.join(", ")}${beside(total, least)}`];
}

/** Known where no size is one of run time. */
function beside(total: readonly Size[], least: readonly Size[]): string {
  const [all] = total;
  const [needed] = least;
  if (total.length !== 1 || least.length !== 1 || all?.dims.length !== 0 || needed?.dims.length !== 0) return "";
  const times = (all.factor / needed.factor).toFixed(2);
  return `; ${times} times weights, their gradients, the optimizer's arrays and the activations that are read again`;
}

/** `1.0 kB + 64 B*time` */
function sum(sizes: readonly Size[]): string {
  const byDims = sizes.toSorted((a, b) => a.dims.length - b.dims.length);
  return byDims.map(({ factor, dims }) => [formatBytes(factor), ...dims].join("*")).join(" + ");
}
