import type { Activation } from "../activations/definition.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import { formatShape, type Shape } from "../ir/shape.ts";
import { formatSize, type Size } from "../ir/size.ts";
import { resolveAxis } from "./axis.ts";
import type { LayerSite, Rejected } from "./definition.ts";
import { rejected } from "./rejected.ts";

export const axisNotHalved = defineDiagnostic(
  "axis-not-halved",
  "error",
  "An activation that halves an axis, such as glu, is applied to an odd one.",
  (at: { title: string; size: string; shape: Shape; related: readonly RelatedPlace[] }) => ({
    message: `${at.title} halves an axis, which must be even, found ${at.size} in ${formatShape(at.shape)}`,
    related: at.related,
  }),
  () => ({
    meaning: "glu multiplies the first half of an axis with a gate made of the second, so the axis must be even.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(5, activation=glu) }",
      mended: "model M { input [4] Dense(6, activation=glu) }",
    },
  }),
);

/**
 * The shape an activation makes of a shape, or why it can't be applied: one that works along an axis (its argument `axis`,
 * else the last one) needs that axis. Keras counts it with the batch axis.
 */
export function activatedShape(
  activation: Activation,
  shape: Shape,
  site: LayerSite,
): { readonly kind: "shape"; readonly shape: Shape } | Rejected {
  const { definition, args } = activation;
  if (definition.kind !== "tensor") return { kind: "shape", shape };
  const span = site.argument("activation");
  const { related } = site;
  const title = `${definition.name} of ${site.title}`;
  const resolved = resolveAxis((args["axis"] as number | undefined) ?? -1, shape, { title, span, related });
  if (resolved.kind === "rejected") return resolved;
  if (definition.halvesAxis !== true) return { kind: "shape", shape };
  const { axis } = resolved;
  const size = shape[axis] as Size;
  if (size.factor % 2 !== 0) return rejected(axisNotHalved(span, { title, size: formatSize(size), shape, related }));
  return {
    kind: "shape",
    shape: shape.map((other, at) => (at === axis ? { ...size, factor: size.factor / 2 } : other)),
  };
}
