import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Diagnostic, RelatedPlace } from "../../diagnostics/diagnostic.ts";
import type { LayerInstance } from "../../check/model.ts";
import { ownValue } from "../json.ts";
import type { WeightLayer } from "../weight-file.ts";
import { describeEntry, describeLayer } from "./describe.ts";
import { format, sameValue } from "./forward-step.ts";
import { layerPlace, type BindPlace } from "./place.ts";

export const weightConfigMismatch = defineDiagnostic(
  "weight-config-mismatch",
  "error",
  "A layer of a weight file has another argument that changes what it computes (axis, epsilon, ...).",
  (at: {
    layer: string;
    entry: string;
    name: string;
    ours: string;
    theirs: string;
    related: readonly RelatedPlace[];
  }) => ({
    message: `${at.layer} has ${at.name}=${at.ours}, the file's ${at.entry} has ${at.name}=${at.theirs}`,
    related: at.related,
  }),
);

/** Arguments that act only in training, show in the arrays (units, use_bias), or are compared as a step (activation). */
const otherwiseCovered =
  /^(name|trainable|dtype|units|use_bias|scale|center|activation|momentum|rate|seed|noise_shape|autocast|.*_(initializer|regularizer|constraint))$/;

/** Compares the arguments of a layer with weights that change the forward result; reports the first difference. */
export function compareConfig(
  layer: LayerInstance,
  entry: WeightLayer,
  place: BindPlace,
  report: (diagnostic: Diagnostic) => void,
): void {
  for (const [name, ours] of Object.entries(layer.config)) {
    if (otherwiseCovered.test(name)) continue;
    const theirs = ownValue(entry.config, name);
    if (theirs === undefined || sameValue(ours, theirs) || isOneOf(theirs, ours)) continue;
    const args = {
      layer: describeLayer(layer),
      entry: describeEntry(entry),
      name,
      ours: format(ours),
      theirs: format(theirs),
    };
    report(weightConfigMismatch(place.span, { ...args, related: layerPlace(layer) }));
    return;
  }
}

/** Keras writes one axis as a number or a list of one. */
function isOneOf(theirs: unknown, ours: unknown): boolean {
  return Array.isArray(theirs) && theirs.length === 1 && sameValue(theirs[0], ours);
}
