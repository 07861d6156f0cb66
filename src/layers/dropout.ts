import { defineDiagnostic } from "../diagnostics/define.ts";
import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import { formatShape, type Shape } from "../ir/shape.ts";
import { isStatic } from "../ir/size.ts";
import { listOf, optional } from "./arguments/basic.ts";
import { integer, numberBetween, positiveInteger } from "./arguments/numbers.ts";
import type { BuildContext, BuildResult, LayerDefinition } from "./definition.ts";
import { identityLayer } from "./identity-layer.ts";
import { dropped, type NoiseShape } from "./random-mask.ts";
import { rejected } from "./rejected.ts";
import { unchangedShape } from "./unchanged-shape.ts";

export const noiseShapeMismatch = defineDiagnostic(
  "noise-shape-mismatch",
  "error",
  "The mask of a Dropout does not fit its input.",
  (at: { title: string; noise: NoiseShape; input: Shape; related: readonly RelatedPlace[] }) => ({
    message: `${at.title} has a mask [${(at.noise ?? []).map((size) => size ?? "none").join(", ")}] that does not fit the input ${formatShape(at.input)} with the batch axis in front`,
    help: "write none for the size of the input, and 1 for an axis along which all values share their fate",
    related: at.related,
  }),
  () => ({
    meaning:
      "noise_shape has a size for the batch axis and one for each axis of the input: that of the input, none for the same, or 1 where one random number decides for the whole axis.",
    example: {
      kind: "source",
      source: "model M { input [4, 3] Dropout(0.5, noise_shape=[none, 3]) Dense(2) }",
      mended: "model M { input [4, 3] Dropout(0.5, noise_shape=[none, 1, 3]) Dense(2) }",
    },
  }),
);

/** The shape of a dropout mask, with the batch axis as in Keras; an axis that is `none` keeps the input's. */
const noiseShape = optional(listOf(optional(positiveInteger), "a list of positive integers or none"));

/** The shape of the input, which the mask has to fit. */
function build({ config, input, site }: BuildContext): BuildResult {
  const noise = config["noise_shape"] as NoiseShape;
  const fits =
    noise === null ||
    (noise.length === input.length + 1 &&
      input.every((size, axis) => {
        const given = noise[axis + 1] ?? null;
        return given === null || given === 1 || (isStatic(size) && size.factor === given);
      }));
  if (fits) return unchangedShape({ input });
  const { title, related } = site;
  return rejected(noiseShapeMismatch(site.argument("noise_shape"), { title, noise, input, related }));
}

const plain = identityLayer(
  "Dropout",
  "Sets values, chosen at random, to zero in training, against overfitting; otherwise it passes its input through.",
  [
    {
      name: "rate",
      type: numberBetween(0, 1),
      formerName: "p",
      doc: "The share of values that are dropped, from 0 to 1.",
    },
    {
      name: "noise_shape",
      type: noiseShape,
      default: null,
      doc: "The shape of the random mask, with the batch axis: along an axis of size 1 all values share their fate. `none`: each has its own.",
    },
    {
      name: "seed",
      type: optional(integer),
      default: null,
      doc: "The seed of the random numbers in training; `none`: others each time.",
    },
  ],
  ({ graph, input, config: { rate, noise_shape: noise }, isTraining }) =>
    isTraining && rate > 0 ? dropped(graph, input, rate, noise) : input,
);

/** Acts in training only: the forward function passes its input through. No weights. */
export const dropout: LayerDefinition = { ...plain, build };
