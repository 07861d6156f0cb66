import { defineDiagnostic } from "../diagnostics/define.ts";
import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import { staticSize } from "../ir/size.ts";
import { boolean } from "./arguments/basic.ts";
import { nothing } from "./arguments/nothing.ts";
import { positiveInteger } from "./arguments/numbers.ts";
import { defineLayer } from "./define-layer.ts";
import {
  constraintParameter,
  initializerParameter,
  regularizerParameter,
} from "./keras-objects/training-parameters.ts";
import { rejected } from "./rejected.ts";

export const embeddingMask = defineDiagnostic(
  "embedding-mask",
  "error",
  "An Embedding is asked to mask the index 0, which is not supported.",
  (at: { title: string; related: readonly RelatedPlace[] }) => ({
    message: `${at.title} has mask_zero=true, and masks are not supported: the layers after it would have to leave out steps`,
    help: "leave mask_zero out if every step counts",
    related: at.related,
  }),
  () => ({
    meaning:
      "With mask_zero Keras tells later layers to leave out the steps whose index is 0. layerc has no masks, and leaving this one out would change the results in silence.",
    example: {
      kind: "source",
      source: "model M { input [2] Embedding(5, 3, mask_zero=true) }",
      mended: "model M { input [2] Embedding(5, 3) }",
    },
  }),
);

/**
 * A row of a table for each index: `[...] -> [..., output_dim]`. Weight: embeddings `[input_dim, output_dim]`. The inputs
 * are whole numbers from 0 to `input_dim - 1`; another one is a RangeError at run time.
 */
export const embedding = defineLayer({
  className: "Embedding",
  doc: "Gives a row of a trained table for each input, which is a whole number.",
  silent: ["lora_rank", "lora_alpha", "dropout"],
  parameters: [
    {
      name: "input_dim",
      type: positiveInteger,
      doc: "How many rows the table has: inputs are whole numbers from 0 to `input_dim - 1`.",
    },
    { name: "output_dim", type: positiveInteger, doc: "How many values a row has." },
    { ...initializerParameter("embeddings_initializer", "uniform"), formerName: "init" },
    { ...regularizerParameter("embeddings_regularizer"), formerName: "W_regularizer" },
    { ...constraintParameter("embeddings_constraint"), formerName: "W_constraint" },
    {
      name: "mask_zero",
      type: boolean,
      default: false,
      doc: "Whether the index 0 marks steps that later layers leave out; `true` is not supported.",
    },
    {
      name: "weights",
      type: nothing("trained arrays come from a weights clause"),
      default: null,
      trainingOnly: true,
      doc: "A table to begin with in Keras; only `none` can be written here.",
    },
    {
      name: "lora_rank",
      type: nothing("a layer is trained whole, without a low-rank adaptation"),
      default: null,
      trainingOnly: true,
      doc: "The rank of a low-rank adaptation in training; only `none` can be written here.",
    },
    {
      name: "lora_alpha",
      type: nothing("a layer is trained whole, without a low-rank adaptation"),
      default: null,
      trainingOnly: true,
      doc: "The scale of a low-rank adaptation in training; only `none` can be written here.",
    },
    regularizerParameter("activity_regularizer"),
  ],
  formula: () => "embeddings[x]",
  build({ config, input, site }) {
    if (config.mask_zero) {
      const { title, related } = site;
      return rejected(embeddingMask(site.argument("mask_zero"), { title, related }));
    }
    const { input_dim: rows, output_dim: width } = config;
    return {
      kind: "built",
      outputShape: [...input, staticSize(width)],
      weights: [{ name: "embeddings", shape: [rows, width], trainable: true }],
    };
  },
  lower: ({ input, graph, weight }) => graph.embedding(input, weight("embeddings")),
});
