import { record, type Recording } from "./recording.ts";

/** Largest |a - b| / max(1, |b|) that passes, as documented for `layerc verify`. */
const tolerance = 2e-6;

/** What went wrong with a model, and how close its values are. */
export interface Report {
  /** Values that were compared with the expected ones. */
  compared: number;
  /** The largest |a - b| / max(1, |b|) against the expected values. */
  error: number;
  /** The same between calls with many samples and with one. */
  disagreement: number;
  readonly outputs: Recording;
  /** In words; the first few. */
  readonly failures: string[];
}

export function createReport(): Report {
  return { compared: 0, error: 0, disagreement: 0, outputs: { rows: [], order: [] }, failures: [] };
}

export function fail({ failures }: Report, what: string): void {
  if (failures.length < 5) failures.push(what);
}

/** Compares an output of any number of samples with the expected values of each of them. */
export function compare(report: Report, what: string, found: Float32Array, expected: Samples): void {
  report.compared += found.length;
  record(report.outputs, found, expected[0]?.length ?? 1);
  report.error = Math.max(report.error, worst(report, what, found, expected));
}

/** Compares the output for many samples with the outputs for each of them. */
export function agree(report: Report, what: string, found: Float32Array, singles: Samples): void {
  const error = worst(report, `${what}, otherwise than one by one`, found, singles);
  report.disagreement = Math.max(report.disagreement, error);
}

/** Values of samples; where there are more samples, they begin again. */
type Samples = readonly ArrayLike<number>[];

function worst(report: Report, what: string, found: Float32Array, samples: Samples): number {
  let largest = 0;
  let at = 0;
  for (let sample = 0; at < found.length; sample++) {
    const expected = samples[sample % samples.length] as ArrayLike<number>;
    for (let place = 0; place < expected.length; place++, at++) {
      const wanted = expected[place] as number;
      const error = Math.abs((found[at] as number) - wanted) / Math.max(1, Math.abs(wanted));
      // Not `error > tolerance`, which NaN is not.
      if (!(error <= tolerance)) fail(report, `${what}: value ${at} is ${found[at]}, expected ${wanted}`);
      largest = Math.max(largest, error);
    }
  }
  return largest;
}
