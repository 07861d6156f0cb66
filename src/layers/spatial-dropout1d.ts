import { defineDiagnostic } from "../diagnostics/define.ts";
import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import { formatShape, type Shape } from "../ir/shape.ts";
import { optional } from "./arguments/basic.ts";
import { integer, numberBetween } from "./arguments/numbers.ts";
import type { LayerDefinition } from "./definition.ts";
import { identityLayer } from "./identity-layer.ts";
import { dropped } from "./random-mask.ts";
import { rejected } from "./rejected.ts";
import { unchangedShape } from "./unchanged-shape.ts";

export const spatialDropoutRank = defineDiagnostic(
  "spatial-dropout-rank",
  "error",
  "SpatialDropout1D gets an input that is not a sequence of vectors.",
  (at: { title: string; input: Shape; related: readonly RelatedPlace[] }) => ({
    message: `${at.title} needs an input of two axes, [steps, channels], found ${formatShape(at.input)}`,
    help: "Dropout takes any shape",
    related: at.related,
  }),
  () => ({
    meaning: "SpatialDropout1D drops whole channels of a sequence, so its input has two axes, [steps, channels].",
    example: {
      kind: "source",
      source: "model M { input [4] SpatialDropout1D(0.5) Dense(3) }",
      mended: "model M { input [4] Dropout(0.5) Dense(3) }",
    },
  }),
);

/** Drops whole channels in training only: the forward function passes `[steps, channels]` through. No weights. */
export const spatialDropout1d: LayerDefinition = {
  ...identityLayer(
    "SpatialDropout1D",
    "Sets whole channels of a sequence, chosen at random, to zero in training; otherwise it passes its input through.",
    [
      {
        name: "rate",
        type: numberBetween(0, 1),
        formerName: "p",
        doc: "The share of channels that become zero, from 0 to 1.",
      },
      {
        name: "seed",
        type: optional(integer),
        default: null,
        doc: "The seed of the random numbers in training; `none`: others each time.",
      },
    ],
    ({ graph, input, config: { rate }, isTraining }) =>
      isTraining && rate > 0 ? dropped(graph, input, rate, [null, 1, null]) : input,
  ),
  build({ input, site }) {
    const { title, related } = site;
    if (input.length === 2) return unchangedShape({ input });
    return rejected(spatialDropoutRank(site.span, { title, input, related }));
  },
};
