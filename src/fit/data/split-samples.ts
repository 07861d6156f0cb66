import { counted } from "../../diagnostics/counted.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Checked } from "../../diagnostics/diagnostic.ts";
import { samplesOf, type Samples } from "../rows/samples.ts";
import type { DataSet } from "./read-data.ts";

export const splitEmpty = defineDiagnostic<{ path: string; samples: number; share: number; what: string }>(
  "split-empty",
  "error",
  "Of so few samples the share for the validation leaves none, or is none.",
  ({ path, samples, share, what }) => ({
    message: `'${path}' has ${counted(samples, "sample")}, of which --validation-split ${share} leaves none ${what}`,
    help: "give another share, or the samples of the validation as a file of their own with --validation",
  }),
  () => ({
    meaning:
      "The share is rounded to whole samples as Keras does it: the training has the first floor(samples * (1 - share)), the validation the others.",
    example: {
      kind: "command",
      text: "layerc train xor.layers --data xor.csv --validation-split 0.9",
      arguments: { path: "xor.csv", samples: 4, share: 0.9, what: "for the training" },
      mended: "layerc train xor.layers --data xor.csv --validation-split 0.5",
    },
  }),
);

/** The samples of a file divided for training and validation, before anything is shuffled: the last ones are validated with. */
export interface SplitSamples {
  readonly training: Samples;
  readonly validation?: Samples;
}

export function splitSamples(
  { rows, layout, path }: DataSet,
  share: number | undefined,
): Checked<SplitSamples | undefined> {
  if (share === undefined) return { value: { training: samplesOf(rows, layout) }, diagnostics: [] };
  const at = Math.floor(rows.count * (1 - share));
  if (at === 0 || at === rows.count) {
    const what = at === 0 ? "for the training" : "for the validation";
    return { value: undefined, diagnostics: [splitEmpty(undefined, { path, samples: rows.count, share, what })] };
  }
  return {
    value: { training: samplesOf(rows, layout, 0, at), validation: samplesOf(rows, layout, at) },
    diagnostics: [],
  };
}
