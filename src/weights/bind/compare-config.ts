import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Diagnostic, RelatedPlace } from "../../diagnostics/diagnostic.ts";
import type { LayerInstance } from "../../check/model.ts";
import { ownValue } from "../../files/json.ts";
import type { WeightLayer } from "../weight-file.ts";
import { describeEntry, describeLayer } from "./describe.ts";
import { format } from "./forward-step.ts";
import { layerPlace, type BindPlace } from "./place.ts";
import { actsForward, sameArgument } from "./same-argument.ts";

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

/** Compares the arguments of a layer with weights that change the forward result; reports the first difference. */
export function compareConfig(
  layer: LayerInstance,
  entry: WeightLayer,
  place: BindPlace,
  report: (diagnostic: Diagnostic) => void,
): void {
  for (const [name, ours] of Object.entries(layer.config)) {
    if (!actsForward(name)) continue;
    const theirs = ownValue(entry.config, name);
    if (theirs === undefined || sameArgument(name, ours, theirs, layer.inputShape.length)) continue;
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
