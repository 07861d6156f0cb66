import type { Results } from "../../fit/loop/trainer.ts";
import type { ChosenKernels } from "../../fit/pruning/choose-kernels.ts";
import type { PrunedLayer } from "../../fit/pruning/pruned-layers.ts";
import { jsonResults } from "./json-results.ts";
import type { PruneInvocation } from "./prune-options.ts";
import { blockText } from "./run-settings.ts";

/** What `--report json` says of a pruning besides how it was trained. */
export function pruningJson(
  { sparsity, block }: Pick<PruneInvocation, "sparsity" | "block">,
  { left }: ChosenKernels,
  layers: readonly PrunedLayer[] | undefined,
  trained: { readonly pruningEpochs: number; readonly atOnce: Results | undefined } | undefined,
): Readonly<Record<string, unknown>> {
  return {
    sparsity,
    block: block === undefined ? null : blockText(block),
    pruningEpochs: trained?.pruningEpochs ?? null,
    atOnce: trained?.atOnce === undefined ? null : jsonResults(trained.atOnce),
    layers: layers ?? null,
    left,
  };
}
