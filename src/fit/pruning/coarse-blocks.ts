import { counted } from "../../diagnostics/counted.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { PrunedLayer } from "./pruned-layers.ts";

export const pruneBlocksCoarse = defineDiagnostic<{ layer: PrunedLayer; sparsity: number }>(
  "prune-blocks-coarse",
  "warning",
  "Blocks are so large that a kernel can't be pruned as much as was asked.",
  ({ layer: { layer, inputs, units, weights, zeros, blocks }, sparsity }) => ({
    message: `${percent(zeros / weights)} of '${layer}' [${inputs}, ${units}] are pruned instead of ${percent(sparsity)}: it has ${counted(blocks.count, "block")}, and at least one stays`,
    help: `take smaller blocks, or leave it as it is: --except ${layer}`,
  }),
  () => ({
    meaning:
      "A kernel is pruned by whole blocks, as near to the sparsity as these allow, and never whole. One that is not much larger than a block can come nowhere near it.",
    example: {
      kind: "command",
      text: "layerc prune xor.layers --sparsity 0.8 --block 4x8 --with-output",
      arguments: {
        layer: { layer: "dense_1", inputs: 8, units: 1, weights: 8, zeros: 4, blocks: { count: 2, zeros: 1 } },
        sparsity: 0.8,
      },
      mended: "layerc prune xor.layers --sparsity 0.8 --block 1x8 --with-output",
    },
  }),
);

/** How far from what was asked a kernel may be without a word, as a share of its weights. */
const tolerance = 0.05;

/** Says of which kernels the blocks are too large. */
export function warnOfCoarseBlocks(layers: readonly PrunedLayer[], sparsity: number): readonly Diagnostic[] {
  return layers
    .filter(({ zeros, weights }) => zeros / weights < sparsity - tolerance)
    .map((layer) => pruneBlocksCoarse(undefined, { layer, sparsity }));
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`;
}
