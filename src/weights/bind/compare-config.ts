import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Diagnostic, RelatedPlace } from "../../diagnostics/diagnostic.ts";
import type { LayerInstance } from "../../check/model.ts";
import { isActivation } from "../../layers/config-values.ts";
import { readLayer } from "../../keras/read-layer.ts";
import type { WeightLayer } from "../weight-file.ts";
import { describeEntry, describeLayer } from "./describe.ts";
import { formatJson, formatValue } from "./format-operation.ts";
import { atLayer, type BindPlace } from "./place.ts";
import { differingArgument } from "./same-operation.ts";

export const weightConfigMismatch = defineDiagnostic(
  "weight-config-mismatch",
  "error",
  "A layer of a weight file has another argument that changes what it computes (axis, epsilon, ...).",
  (at: {
    layer: string;
    entry: string;
    name: string;
    /** Undefined where the class has no such argument. */
    ours: string | undefined;
    theirs: string;
    related: readonly RelatedPlace[];
  }) => ({
    message: `${at.layer} has ${at.ours === undefined ? `no argument ${at.name}` : `${at.name}=${at.ours}`}, the file's ${at.entry} has ${at.name}=${at.theirs}`,
    related: at.related,
  }),
  () => ({
    meaning:
      "The file says with which arguments its layers were trained. One that changes what the layer computes is another one in the model, so the trained numbers would give wrong results.",
    example: {
      kind: "situation",
      text: "The model has LayerNormalization(), whose epsilon is 0.001; the file's was trained with 1e-6.",
      arguments: {
        layer: "LayerNormalization 'norm'",
        entry: "LayerNormalization 'norm'",
        name: "epsilon",
        ours: "0.001",
        theirs: "1e-6",
        related: [],
      },
      mended: "norm: LayerNormalization(epsilon=1e-6)",
    },
  }),
);

/** Compares the arguments of a layer with weights that change the forward result; reports the first difference. */
export function compareConfig(
  layer: LayerInstance,
  entry: WeightLayer,
  place: BindPlace,
  report: (diagnostic: Diagnostic) => void,
): void {
  const read = entry.keras === undefined ? undefined : readLayer(entry.keras);
  if (read?.kind !== "layer") return;
  const mismatch = (name: string, theirs: string): void => {
    const own = layer.config[name];
    const ours = own === undefined ? undefined : formatValue(own);
    const sides = { layer: describeLayer(layer), entry: describeEntry(entry) };
    const { span, related } = atLayer(layer, place);
    report(weightConfigMismatch(span, { ...sides, name, ours, theirs, related }));
  };
  const problem = read.problems.find(({ argument, harmless }) => !harmless && !isActivation(layer.config[argument]));
  if (problem !== undefined) {
    mismatch(problem.argument, formatJson(problem.found));
    return;
  }
  const differing = differingArgument(layer.definition.parameters, layer.config, read.values, layer.inputShape);
  if (differing !== undefined) mismatch(differing.name, formatValue(read.values[differing.name] ?? null));
}
