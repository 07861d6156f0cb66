import type { Model } from "./check/model.ts";
import type { CompileValues } from "./config/options/values.ts";
import type { Span } from "./diagnostics/diagnostic.ts";
import { defaultPrecision, type Precision } from "./ir/storage-types.ts";
import { defaultEngine } from "./passes/engines.ts";
import { fileStem, modelEnding, sourceEnding } from "./model-formats/file-names.ts";
import { mendScripts } from "./importers/mend-scripts.ts";
import { lineOrigins } from "./report/line-origins.ts";
import { reportModel, type ModelReport } from "./report/report-model.ts";
import { bindModel } from "./stages/bind-model.ts";
import { checkBackEndLimits } from "./stages/check-limits.ts";
import { checkSource, namedSource, type CheckOptions, type CheckResult } from "./stages/check-source.ts";
import { checkTargets } from "./stages/check-targets.ts";
import { checkTraining } from "./stages/check-training.ts";
import { eachModel, runStage, type Compilation } from "./stages/compilation.ts";
import type { GeneratedFile } from "./stages/generated-file.ts";
import { generateModules, type GeneratedModel } from "./stages/generate-modules.ts";
import { lowerModel } from "./stages/lower-model.ts";
import { planModel } from "./stages/plan-model.ts";
import { writeSidecar } from "./stages/write-sidecar.ts";
import type { Source } from "./syntax/source.ts";
import { defaultTarget } from "./targets/index.ts";
import type { SelfTest } from "./targets/self-test.ts";
import { toleranceFor } from "./cases/limits.ts";
import { withPrecisionError } from "./verify/measure-precision.ts";
import type { CasesSource } from "./cases/read-cases.ts";
import type { RunModule } from "./verify/run-model.ts";
import { selfTestVectors } from "./verify/self-test-vectors.ts";

/** How a file is compiled; most of it is in the table of options. */
export interface CompileOptions extends CheckOptions, CompileValues {
  /** Samples to put into the module, which then exports `selfTest()`. */
  readonly selfTest?: CasesSource;
  /**
   * Runs generated modules. With it and bfloat16 weights, the report of a model whose weights are bound has the error that
   * rounding them makes, measured on the samples of `selfTest` or on random ones.
   */
  readonly runModule?: RunModule;
}

export interface CompileResult extends CheckResult {
  /** Empty when a diagnostic is an error, and for a file without models (only blocks, to be imported). */
  readonly files: readonly GeneratedFile[];
  /** One per model, for `--explain`. Empty when a diagnostic is an error. */
  readonly reports: readonly ModelReport[];
  /** Models whose trained weights are in the module, so that a safetensors file beside it has no use for them. */
  readonly inlined: readonly Model[];
  /**
   * Where each line of the module, the first of `files`, comes from, for source maps: the statement of a layer, or the
   * model's name. Absent without a module.
   */
  readonly lineOrigins?: readonly (Span | undefined)[];
}

/**
 * Parses and checks a file and all it imports and binds its weights, without generating code. Never throws for anything
 * in the source.
 */
export async function check(source: Source | string, options: CheckOptions = {}): Promise<CheckResult> {
  return mendScripts((await checkSource(source, options)).result);
}

/** The whole pipeline: a `.layers` source in, generated files out. Never throws for anything in the source. */
export async function compile(source: Source | string, options: CompileOptions = {}): Promise<CompileResult> {
  const {
    emit = "ts",
    precision = defaultPrecision,
    target = defaultTarget,
    unroll = "auto",
    keepZeros,
    engine = defaultEngine,
    training = false,
  } = options;
  const { result: found, weights } = await checkSource(source, options);
  const result = await mendScripts(found);
  const { path } = namedSource(source);
  const stem = fileStem(path);
  const sourceName = `${stem}${modelEnding(path) || sourceEnding}`;

  const { selfTest, ...checked } = await readSelfTest({ checked: result, models: result.models }, path, options);
  const bound = await runStage(
    checked,
    eachModel((model) => bindModel(model, weights.get(model), options.weights ?? "inline")),
  );
  const lowered = await runStage(
    bound,
    eachModel((model) => lowerModel(model, { precision, keepZeros })),
  );
  const planned = await runStage(
    lowered,
    eachModel((model) => planModel(model, { target, unroll, engine })),
  );
  const sound = await runStage(planned, (models) => ({
    models,
    diagnostics: [
      ...checkBackEndLimits(models),
      ...checkTargets(models, { target, unroll, engine }),
      ...(training ? checkTraining(models.map(({ model }) => model)) : []),
    ],
  }));
  const generated = await runStage(sound, async (models) => ({
    models: await generateModules(models, {
      emit,
      sourceName,
      ...(selfTest && { selfTest }),
      training,
    }),
  }));
  return resultOf(generated, stem, { precision, selfTest, runModule: options.runModule });
}

/** What there is to say about a file whose models are as far as they come. */
async function resultOf(
  { checked, models }: Compilation<GeneratedModel>,
  stem: string,
  {
    precision,
    selfTest,
    runModule,
  }: { precision: Precision; selfTest: SelfTest | undefined; runModule: RunModule | undefined },
): Promise<CompileResult> {
  const modules = [...new Set(models.map(({ module }) => module))];
  const texts = modules.flatMap(({ files }) =>
    files.map(({ ending, text }) => ({ name: `${stem}.${ending}`, content: text })),
  );
  const reports: ModelReport[] = [];
  for (const model of models) {
    reports.push(await withPrecisionError(reportModel(model, precision), model, selfTest, runModule));
  }
  const [first] = modules;
  return {
    ...checked,
    files: [...texts, ...models.flatMap(writeSidecar)],
    reports,
    inlined: models
      .filter(({ arrays, binding }) => arrays !== undefined && binding.kind === "inline")
      .map(({ model }) => model),
    ...(first === undefined ? {} : { lineOrigins: lineOrigins(first.sections, checked.models) }),
  };
}

/** The stage that reads a cases file: diagnostics, a dependency, and samples to emit. */
async function readSelfTest(
  compilation: Compilation<Model>,
  file: string,
  { selfTest: cases, precision }: CompileOptions,
): Promise<Compilation<Model> & { readonly selfTest?: SelfTest }> {
  if (cases === undefined) return compilation;
  let selfTest: SelfTest | undefined;
  const read = await runStage(compilation, async (models) => {
    const { value, diagnostics } = await selfTestVectors(models, cases, file, toleranceFor(precision));
    selfTest = value;
    return { models, diagnostics, dependencies: [cases.path] };
  });
  return { ...read, ...(selfTest === undefined ? {} : { selfTest }) };
}
