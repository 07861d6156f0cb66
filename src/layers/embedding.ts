import { defineDiagnostic } from "../diagnostics/define.ts";
import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import { staticSize } from "../ir/size.ts";
import { boolean, optional } from "./arguments/basic.ts";
import { nothing } from "./arguments/nothing.ts";
import { positiveInteger } from "./arguments/numbers.ts";
import { objectOf } from "./defaults.ts";
import type { LayerDefinition } from "./definition.ts";
import { constraint, initializer, regularizer } from "./keras-objects/types.ts";

export const embeddingMask = defineDiagnostic(
  "embedding-mask",
  "error",
  "An Embedding is asked to mask the index 0, which is not supported.",
  (at: { title: string; related: readonly RelatedPlace[] }) => ({
    message: `${at.title} has mask_zero=true, and masks are not supported: the layers after it would have to leave out steps`,
    help: "leave mask_zero out if every step counts",
    related: at.related,
  }),
);

/**
 * A row of a table for each index: `[...] -> [..., output_dim]`. Weight: embeddings `[input_dim, output_dim]`. The inputs
 * are whole numbers from 0 to `input_dim - 1`; another one is a RangeError at run time.
 */
export const embedding: LayerDefinition = {
  className: "Embedding",
  parameters: [
    { name: "input_dim", type: positiveInteger },
    { name: "output_dim", type: positiveInteger },
    { name: "embeddings_initializer", type: initializer, default: objectOf(initializer, "uniform") },
    { name: "embeddings_regularizer", type: optional(regularizer), default: null },
    { name: "embeddings_constraint", type: optional(constraint), default: null },
    { name: "mask_zero", type: boolean, default: false },
    { name: "weights", type: nothing, default: null },
    { name: "lora_rank", type: nothing, default: null },
    { name: "lora_alpha", type: nothing, default: null },
    { name: "activity_regularizer", type: optional(regularizer), default: null },
  ],
  build({ config, input, site }) {
    if (config["mask_zero"] === true) {
      const { title, related } = site;
      return { kind: "rejected", diagnostic: embeddingMask(site.argument("mask_zero"), { title, related }) };
    }
    const width = config["output_dim"] as number;
    const shape = [config["input_dim"] as number, width];
    return {
      kind: "built",
      outputShape: [...input, staticSize(width)],
      weights: [{ name: "embeddings", shape, trainable: true }],
    };
  },
  lower: ({ input, graph, weight }) => graph.embedding(input, weight("embeddings")),
};
