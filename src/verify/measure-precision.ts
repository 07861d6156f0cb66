import { defaultPrecision, roundedPrecisions, type Precision, type RoundedPrecision } from "../ir/storage-types.ts";
import type { MeasuredError, PrecisionReport, RefusedSamples } from "../report/precision-report.ts";
import type { ModelReport } from "../report/report-model.ts";
import { lowerModel } from "../stages/lower-model.ts";
import { planModel } from "../stages/plan-model.ts";
import type { LoweredModel } from "../targets/lowered-model.ts";
import type { SelfTest } from "../targets/self-test.ts";
import { classCountOf, precisionError } from "./precision-error.ts";
import { bindForRun, loadModel, type RunModule } from "./run-model.ts";
import { sampleInputs, type SampleInputs } from "./sample-inputs.ts";

/**
 * Runs a model with rounded and with float32 weights and compares the outputs: on the given samples, or on random ones. A
 * model that refuses the random ones, as an Embedding behind another layer may, says why.
 */
async function measurePrecision(
  { model, stated, keepZeros, arrays = new Map() }: LoweredModel,
  rounded: RoundedPrecision,
  runModule: RunModule,
  given: SampleInputs | undefined,
): Promise<MeasuredError | RefusedSamples> {
  const { samples, dims, inputs } = given ?? sampleInputs(stated, model.dims);
  const bound = bindForRun(model, arrays);
  const run = async (precision: Precision): Promise<Float32Array> => {
    const planned = await planModel(lowerModel(bound, { precision, keepZeros }, stated));
    const runnable = await loadModel({ ...planned, arrays }, runModule);
    return runnable.forwardBatch(inputs, undefined, dims);
  };
  try {
    const error = precisionError(await run(rounded), await run(defaultPrecision), classCountOf(stated.operations));
    return { kind: "measured", samples, inputs: given === undefined ? "random" : "self-test", ...error };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { kind: "refused", reason: error.message };
  }
}

/** A report with the error of rounded weights, where it can be measured. */
export async function withPrecisionError(
  report: ModelReport,
  model: LoweredModel,
  selfTest: SelfTest | undefined,
  runModule: RunModule | undefined,
): Promise<ModelReport> {
  const found = roundedPart(report);
  if (runModule === undefined || found === undefined || model.arrays === undefined) return report;
  const [precision, part] = found;
  const samples = selfTest?.models.find((tested) => tested.model === model.model.name);
  const error = await measurePrecision(model, precision, runModule, samples);
  return { ...report, [precision]: { ...part, error } };
}

/** What a report says of rounded weights, if there are any. */
function roundedPart(report: ModelReport): readonly [RoundedPrecision, PrecisionReport] | undefined {
  for (const precision of roundedPrecisions) {
    const part = report[precision];
    if (part !== undefined && part.rounded > 0) return [precision, part];
  }
  return undefined;
}
