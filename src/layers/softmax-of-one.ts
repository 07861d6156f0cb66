import { axisOf } from "../activations/along-axis.ts";
import type { Activation } from "../activations/definition.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Diagnostic, RelatedPlace } from "../diagnostics/diagnostic.ts";
import { formatShape, type Shape } from "../ir/shape.ts";
import type { LayerSite } from "./definition.ts";

export const softmaxOfOne = defineDiagnostic(
  "softmax-of-one",
  "warning",
  "A softmax runs along an axis of size 1, so that it always gives 1.",
  (at: { title: string; shape: Shape; related: readonly RelatedPlace[] }) => ({
    message: `${at.title} computes softmax along an axis of size 1, found the shape ${formatShape(at.shape)}`,
    label: "always gives 1",
    related: at.related,
    help: "for the probability of one class use sigmoid",
  }),
  () => ({
    meaning:
      "softmax makes the values along an axis sum up to 1, so a single value always becomes 1, whatever the input is. For one probability Keras models use sigmoid.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(1, activation=softmax) }",
      mended: "model M { input [4] Dense(1, activation=sigmoid) }",
    },
  }),
);

/** The warning that Keras gives too, for a softmax along `axis` of a shape, counted without the batch axis. */
export function warnOfOne(axis: number, shape: Shape, argument: string, site: LayerSite): readonly Diagnostic[] {
  const size = shape[axis];
  if (size === undefined || size.factor !== 1 || size.dims.length > 0) return [];
  return [softmaxOfOne(site.argument(argument), { title: site.title, shape, related: site.related })];
}

/** The same for a layer's argument `activation`. */
export function warnOfActivation(activation: Activation, shape: Shape, site: LayerSite): readonly Diagnostic[] {
  if (activation.definition.name !== "softmax") return [];
  return warnOfOne(axisOf(activation.args, shape.length), shape, "activation", site);
}
