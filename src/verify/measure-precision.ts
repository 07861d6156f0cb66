import type { Model } from "../check/model.ts";
import type { WeightArrays } from "../ir/weight-arrays.ts";
import { lowerToGraph } from "../lower/model-to-graph.ts";
import type { MeasuredError, RefusedSamples } from "../stages/precision-report.ts";
import type { ModelReport } from "../stages/report.ts";
import type { SelfTest } from "../targets/typescript/self-test.ts";
import { classCountOf, precisionError } from "./precision-error.ts";
import { runModel, type RunModule } from "./run-model.ts";
import { sampleInputs, type SampleInputs } from "./sample-inputs.ts";

/**
 * Runs a model with bfloat16 and with float32 weights and compares the outputs: on the given samples, or on random ones.
 * A model that refuses the random ones, as an Embedding behind another layer may, says why.
 */
async function measurePrecision(
  model: Model,
  arrays: WeightArrays,
  runModule: RunModule,
  given: SampleInputs | undefined,
): Promise<MeasuredError | RefusedSamples> {
  const graph = lowerToGraph(model);
  const { samples, dims, inputs } = given ?? sampleInputs(graph, model.dims);
  const run = (precision: "float32" | "bfloat16"): Promise<Float32Array> =>
    runModel(model, arrays, inputs, dims, { unroll: "auto", target: "typescript", precision, runModule });
  try {
    const error = precisionError(await run("bfloat16"), await run("float32"), classCountOf(graph.operations));
    return { kind: "measured", samples, inputs: given === undefined ? "random" : "self-test", ...error };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { kind: "refused", reason: error.message };
  }
}

/** The reports with the error of bfloat16 weights, where it can be measured. */
export async function withPrecisionErrors(
  reports: readonly ModelReport[],
  models: readonly Model[],
  weights: ReadonlyMap<Model, WeightArrays>,
  selfTest: SelfTest | undefined,
  runModule: RunModule | undefined,
): Promise<readonly ModelReport[]> {
  const measured: ModelReport[] = [];
  for (const [at, report] of reports.entries()) {
    const model = models[at] as Model;
    const arrays = weights.get(model);
    const { bfloat16 } = report;
    if (runModule === undefined || bfloat16 === undefined || bfloat16.rounded === 0 || arrays === undefined) {
      measured.push(report);
      continue;
    }
    const samples = selfTest?.models.find((tested) => tested.model === model.name);
    const error = await measurePrecision(model, arrays, runModule, samples);
    measured.push({ ...report, bfloat16: { ...bfloat16, error } });
  }
  return measured;
}
