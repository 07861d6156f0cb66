import type { Activation } from "../activations/definition.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Shape } from "../ir/shape.ts";
import { resolveAxis } from "./axis.ts";
import type { LayerSite } from "./definition.ts";

/**
 * Why an activation can't be applied to a shape, or undefined: one that works along an axis (its argument `axis`, else the
 * last one) needs that axis. Keras counts it with the batch axis.
 */
export function activationProblem(activation: Activation, shape: Shape, site: LayerSite): Diagnostic | undefined {
  if (activation.definition.kind !== "tensor") return undefined;
  const axis = activation.args["axis"] ?? -1;
  const span = site.argument("activation");
  const title = `${activation.definition.name} of ${site.title}`;
  const resolved = resolveAxis(axis as number, shape, { title, span, related: site.related });
  return typeof resolved === "number" ? undefined : resolved;
}
