import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { RelatedPlace } from "../../diagnostics/diagnostic.ts";
import type { WeightLayer } from "../weight-file.ts";

export const weightQuantised = defineDiagnostic(
  "weight-quantised",
  "error",
  "A layer of a weight file is quantised.",
  (at: { layer: string; entry: string; related: readonly RelatedPlace[] }) => ({
    message: `${at.layer} needs float weights, the file's ${at.entry} is quantised (its kernel has integers of 8 bits)`,
    help: "in Keras, save the model before model.quantize(...); layers of 4 bits are read from .keras and .h5, which say so",
    related: at.related,
  }),
  () => ({
    meaning:
      "The kernel of the layer is stored as integers of 8 bits that mean something only with their scales, and the layer quantises its input, too. The arrays of a float layer are needed.",
    example: {
      kind: "situation",
      text: 'The model digits.layers binds digits.weights.h5, which was saved after model.quantize("int8").',
      arguments: { layer: "Dense 'hidden'", entry: "'hidden'", related: [] },
      mended: 'In Keras, model.save_weights("digits.weights.h5") comes before model.quantize("int8").',
    },
  }),
);

/** Whether Keras has quantised a layer: its kernel is integers, beside which its scales lie. */
export function isQuantised({ arrays }: WeightLayer): boolean {
  return arrays.some(({ isInteger8 }) => isInteger8);
}
