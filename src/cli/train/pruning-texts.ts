import { counted } from "../../diagnostics/counted.ts";
import { formatCount } from "../../diagnostics/format-count.ts";
import { visibleText } from "../../diagnostics/visible-text.ts";
import type { ChosenKernels } from "../../fit/pruning/choose-kernels.ts";
import type { PrunedLayer } from "../../fit/pruning/pruned-layers.ts";
import { alignedTable } from "../report/aligned-table.ts";
import { blockText, type TrainSettings } from "./run-settings.ts";

/** What is going to be pruned, and when. */
export function pruningIntroduction(
  { sparsity, block, epochs, pruningEpochs }: Extract<TrainSettings, { readonly command: "prune" }>,
  { kernels, left }: ChosenKernels,
): string {
  const what = `${percent(sparsity)} of ${listed(kernels.map(({ layer }) => layer))}`;
  const blocks = block === undefined ? "" : `, in blocks of ${blockText(block)}`;
  const within = pruningEpochs === 0 ? "at once" : `within ${counted(pruningEpochs, "epoch")}`;
  const after = `${counted(epochs - pruningEpochs, "epoch")} of training after that`;
  const others =
    left.length === 0 ? "" : `; ${listed(left)} ${left.length === 1 ? "stays as it is" : "stay as they are"}`;
  return `Pruning ${what}${blocks} ${within}, ${after}${others}`;
}

/** A row for each layer that was pruned, and one for all of them where they are several. */
export function pruningTable(layers: readonly PrunedLayer[], isBlocked: boolean): string {
  const row = ({ weights, zeros, blocks }: Pick<PrunedLayer, "weights" | "zeros" | "blocks">): readonly string[] => [
    `${formatCount(zeros)} of ${formatCount(weights)}`,
    percent(zeros / weights),
    ...(isBlocked ? [`${formatCount(blocks.zeros)} of ${formatCount(blocks.count)}`] : []),
  ];
  const total = (of: (layer: PrunedLayer) => number): number => layers.reduce((sum, layer) => sum + of(layer), 0);
  const together = {
    weights: total(({ weights }) => weights),
    zeros: total(({ zeros }) => zeros),
    blocks: { count: total(({ blocks }) => blocks.count), zeros: total(({ blocks }) => blocks.zeros) },
  };
  const rows = [
    ["Pruned", "Kernel", "Zeros", "Share", ...(isBlocked ? ["Blocks"] : [])],
    ...layers.map((layer) => [layer.layer, `[${layer.inputs}, ${layer.units}]`, ...row(layer)]),
    ...(layers.length === 1 ? [] : [["total", "", ...row(together)]]),
  ];
  return alignedTable(rows, new Set([2, 3, 4]));
}

/** `80 %`, `79.7 %` */
export function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`;
}

/** `hidden, dense and output` */
function listed(names: readonly string[]): string {
  const shown =
    names.length > 8 ? [...names.slice(0, 3), `${counted(names.length - 4, "other")}`, ...names.slice(-1)] : names;
  const visible = shown.map(visibleText);
  return visible.length < 2 ? visible.join() : `${visible.slice(0, -1).join(", ")} and ${visible.at(-1)}`;
}
