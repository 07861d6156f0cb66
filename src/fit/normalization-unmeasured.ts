import type { Model } from "../check/model.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { leafLayers } from "../lower/leaf-layers.ts";
import { createBatch, type Samples } from "./rows/samples.ts";

interface Statistics {
  readonly mean: readonly number[];
  readonly variance: readonly number[];
}

export const normalizationUnmeasured = defineDiagnostic<{ layer: string; found?: Statistics }>(
  "normalization-unmeasured",
  "warning",
  "A Normalization of a model that is trained has no mean and no variance.",
  ({ layer, found }) => ({
    message: `Normalization '${layer}' has the mean 0 and the variance 1, and changes nothing: training does not measure them`,
    help:
      found === undefined
        ? "give it the mean and the variance of the training: Normalization(mean=[...], variance=[...])"
        : `those of the training are Normalization(mean=[${found.mean.join(", ")}], variance=[${found.variance.join(", ")}])`,
  }),
  () => ({
    meaning:
      "In Keras adapt() measures the data before the training. Here the numbers are written into the model; the message has those of the samples, where they are few.",
    example: {
      kind: "command",
      text: "layerc train flats.layers --data flats.csv",
      arguments: { layer: "normalization", found: { mean: [74.2, 2.6], variance: [812, 1.3] } },
      mended: "The model begins with Normalization(mean=[74.2, 2.6], variance=[812, 1.3]).",
    },
  }),
);

/** More numbers than these are not listed. */
const mostListed = 32;

/** Samples that are measured: the others are most often like them. */
const mostMeasured = 100_000;

/** Says where the first layer is a Normalization that begins with nothing, with the numbers that it should have. */
export function warnOfUnmeasured(model: Model, samples: Samples): readonly Diagnostic[] {
  const first = leafLayers(model.layers)[0]?.layer;
  if (first?.definition.className !== "Normalization" || first.config["mean"] !== null) return [];
  const size = samples.layout.inputs;
  const isOneRow = first.inputShape.length === 1 && first.weights[0]?.shape.length === 1;
  const found = isOneRow && size <= mostListed && first.config["invert"] === false ? measure(samples, size) : undefined;
  return [normalizationUnmeasured(first.span, { layer: first.name, ...(found && { found }) })];
}

/** Mean and variance of each input, of all samples, as `adapt` has them. */
function measure(samples: Samples, size: number): Statistics {
  const batch = createBatch(samples, 1);
  const count = Math.min(samples.count, mostMeasured);
  const mean = new Float64Array(size);
  const squares = new Float64Array(size);
  for (let at = 0; at < count; at++) {
    samples.read(at, batch, 0);
    // Welford's updates, which lose nothing where the mean is large.
    for (let input = 0; input < size; input++) {
      const value = batch.inputs[input] as number;
      const before = value - (mean[input] as number);
      mean[input] = (mean[input] as number) + before / (at + 1);
      squares[input] = (squares[input] as number) + before * (value - (mean[input] as number));
    }
  }
  const short = (value: number): number => Number(value.toPrecision(5));
  return { mean: Array.from(mean, short), variance: Array.from(squares, (sum) => short(sum / count)) };
}
