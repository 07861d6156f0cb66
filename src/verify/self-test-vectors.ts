import { baseName } from "../model-formats/base-name.ts";
import type { Model } from "../check/model.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { formatCount } from "../diagnostics/format-count.ts";
import { selfTestNames, type SelfTest, type SelfTestModel } from "../targets/self-test.ts";
import { chooseModels, type ChosenModel } from "../cases/choose-model.ts";
import { fitCases } from "../cases/fit-cases.ts";
import { maxEmbeddedBytes, maxEmbeddedSamples } from "../cases/limits.ts";
import { readCases, type CasesSource } from "../cases/read-cases.ts";

export const selfTestSampleTooLarge = defineDiagnostic(
  "self-test-sample-too-large",
  "error",
  "Not even one sample of a self-test is small enough for a module.",
  (at: { path: string; model: string; bytes: number }) => ({
    message: `A sample of '${at.path}' with its outputs has ${formatCount(at.bytes)} bytes, more than the ${formatCount(maxEmbeddedBytes)} that a module takes for ${at.model}`,
    help: "layerc verify tests the model without putting the samples into the module",
  }),
  () => ({
    meaning:
      "A module with a self-test holds samples and their expected outputs as text, up to a limit, and not even one sample of this model fits.",
    example: {
      kind: "command",
      text: "layerc build large.layers --self-test cases.json",
      arguments: { path: "cases.json", model: "Large", bytes: 3_000_000 },
      mended: "layerc verify large.layers --against cases.json",
    },
  }),
);

export const selfTestShortened = defineDiagnostic(
  "self-test-shortened",
  "hint",
  "A self-test takes only some of the samples given for it.",
  (at: { path: string; model: string; samples: number; taken: number }) => ({
    message: `The first ${at.taken} of ${formatCount(at.samples)} samples of '${at.path}' go into the self-test of ${at.model}`,
    help: `a module takes up to ${maxEmbeddedSamples} samples and ${formatCount(maxEmbeddedBytes)} bytes for a model; layerc verify runs them all`,
  }),
  () => ({
    meaning:
      "A module with a self-test holds samples as text, so it takes only the first ones. They show as much as all of them do in most cases.",
    example: {
      kind: "command",
      text: "layerc build digits.layers --self-test cases.json",
      arguments: { path: "cases.json", model: "Digits", samples: 1000, taken: 32 },
      mended: "layerc verify digits.layers --against cases.json",
    },
  }),
);

export const selfTestNameTaken = defineDiagnostic(
  "self-test-name-taken",
  "error",
  "A model's exports collide with those of a self-test.",
  (at: { model: string }) => ({
    message: `The exports of ${at.model} collide with ${selfTestNames.function} and ${selfTestNames.report} of the self-test`,
    help: "rename the model, or build without --self-test",
  }),
  () => ({
    meaning:
      "A module with a self-test exports a function and a type for it, and a model of the file exports the same names.",
    example: {
      kind: "situation",
      text: "A file with model SelfTest { ... } is built with --self-test cases.json.",
      arguments: { model: "SelfTest" },
      mended: "The model is called SelfCheck.",
    },
  }),
);

/** Reads a cases file for a self-test with a default tolerance, and takes what fits into a module; see `limits.ts`. */
export async function selfTestVectors(
  models: readonly Model[],
  casesSource: CasesSource,
  file: string,
  tolerance: number,
): Promise<{ readonly value?: SelfTest; readonly diagnostics: readonly Diagnostic[] }> {
  const taken = models.filter(({ name, exportName }) =>
    [name, exportName].some((text) => Object.values(selfTestNames).some((reserved) => reserved === text)),
  );
  if (taken.length > 0) {
    return { diagnostics: taken.map(({ name, nameSpan }) => selfTestNameTaken(nameSpan, { model: name })) };
  }
  const { path } = casesSource;
  const read = await readCases(casesSource);
  if (read.kind === "failed") return { diagnostics: [read.diagnostic] };
  const chosen = chooseModels(models, read.file, { file, path });
  const diagnostics: Diagnostic[] = [...chosen.diagnostics];
  const vectors = chosen.value.flatMap((item) => {
    const made = modelVectors(item, path);
    diagnostics.push(...made.diagnostics);
    return made.value === undefined ? [] : [made.value];
  });
  const sourceName = baseName(path);
  return { value: { sourceName, tolerance, models: vectors }, diagnostics };
}

function modelVectors(
  { model, cases }: ChosenModel,
  path: string,
): { readonly value?: SelfTestModel; readonly diagnostics: readonly Diagnostic[] } {
  const fitted = fitCases(model, cases, path);
  if (fitted.kind === "misfit") return { diagnostics: [fitted.diagnostic] };
  const { samples, dims } = fitted;
  const inputValues = cases.inputs.data.length / samples;
  const outputValues = cases.outputs.data.length / samples;
  const bytes = 4 * (inputValues + outputValues);
  const taken = Math.min(samples, maxEmbeddedSamples, Math.floor(maxEmbeddedBytes / bytes));
  if (taken === 0) return { diagnostics: [selfTestSampleTooLarge(model.nameSpan, { path, model: model.name, bytes })] };
  return {
    value: {
      model: model.name,
      samples: taken,
      inputs: Float32Array.from(cases.inputs.data.subarray(0, taken * inputValues)),
      outputs: Float32Array.from(cases.outputs.data.subarray(0, taken * outputValues)),
      dims,
    },
    diagnostics:
      taken === samples ? [] : [selfTestShortened(model.nameSpan, { path, model: model.name, samples, taken })],
  };
}
