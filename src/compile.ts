import type { Model } from "./check/model.ts";
import type { CompileValues } from "./config/options/values.ts";
import { hasErrors, type Span } from "./diagnostics/diagnostic.ts";
import { formatTypeScript } from "./format/typescript.ts";
import { weightKey, type WeightArrays } from "./ir/weight-arrays.ts";
import { modelWeights } from "./lower/model-info.ts";
import { checkSource, type CheckOptions, type CheckResult } from "./stages/check-source.ts";
import { checkBackEndLimits } from "./stages/limits.ts";
import { checkTargets, makeTargetedUnit, planForTarget, type TargetedModel } from "./stages/choose-target.ts";
import { lineOrigins } from "./stages/line-origins.ts";
import { reportModel, type ModelReport } from "./stages/report.ts";
import type { Source } from "./syntax/source.ts";
import type { ModelUnit, WeightBinding } from "./targets/model-unit.ts";
import { emitTypeScript } from "./targets/typescript/emit.ts";
import type { SelfTest } from "./targets/typescript/self-test.ts";
import { toleranceFor } from "./cases/limits.ts";
import { withPrecisionErrors } from "./verify/measure-precision.ts";
import type { CasesSource } from "./cases/read-cases.ts";
import type { RunModule } from "./verify/run-model.ts";
import { selfTestVectors } from "./verify/self-test-vectors.ts";
import { version } from "./version.ts";
import { sidecarMetadata, sidecarName } from "./weights/sidecar.ts";
import { writeSafetensors } from "./files/write-safetensors.ts";

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

export interface GeneratedFile {
  /** Relative to the folder of the output: `digits.ts`, `digits.weights.safetensors`. */
  readonly name: string;
  readonly content: string | Uint8Array;
}

/**
 * Parses and checks a file and all it imports and binds its weights, without generating code. Never throws for anything
 * in the source.
 */
export async function check(source: Source | string, options: CheckOptions = {}): Promise<CheckResult> {
  return (await checkSource(source, options)).result;
}

/** The whole pipeline: a `.layers` source in, generated files out. Never throws for anything in the source. */
export async function compile(source: Source | string, options: CompileOptions = {}): Promise<CompileResult> {
  const { result: checked, weights } = await checkSource(source, options);
  if (hasErrors(checked.diagnostics)) return { ...checked, files: [], reports: [], inlined: [] };
  const selfTest = await selfTestOf(checked, options);
  const result = { ...checked, ...selfTest.result };
  if (hasErrors(result.diagnostics)) return { ...result, files: [], reports: [], inlined: [] };

  const { target = "typescript", unroll = "auto", precision = "float32" } = options;
  const targeted = result.models.map((model) =>
    planForTarget(model, bindingOf(model, weights.get(model), options), { target, unroll, precision }),
  );
  const diagnostics = [
    ...result.diagnostics,
    ...targeted.flatMap(({ planned }) => checkBackEndLimits(planned)),
    ...checkTargets(targeted, { target, unroll }),
  ];
  if (hasErrors(diagnostics)) return { ...result, diagnostics, files: [], reports: [], inlined: [] };

  if (targeted.length === 0) return { ...result, diagnostics, files: [], reports: [], inlined: [] };
  const emit = options.emit ?? "ts";
  const stem = fileStem(result.sources[0]?.path ?? "");
  const units = await Promise.all(targeted.map(makeTargetedUnit));
  const module = emitTypeScript(units, { emit, version, sourceName: `${stem}.layers`, ...selfTest.emitted });
  const text = module.restore(await formatTypeScript(module.text));

  const files: GeneratedFile[] = [{ name: `${stem}.${emit}`, content: text }];
  if (module.declarations !== undefined) {
    files.push({ name: `${stem}.d.ts`, content: await formatTypeScript(module.declarations) });
  }
  files.push(...units.flatMap((unit, at) => sidecar(unit, weights.get(result.models[at] as Model))));
  const stated = units.map((unit, at) =>
    reportModel(
      result.models[at] as Model,
      (targeted[at] as TargetedModel).choice,
      unit,
      module.kernelNames,
      text,
      options.precision,
    ),
  );
  const reports = await withPrecisionErrors(
    stated,
    result.models,
    weights,
    selfTest.emitted.selfTest,
    options.runModule,
  );
  const inlined = result.models.filter((model, at) => weights.has(model) && units[at]?.binding.kind === "inline");
  const origins = lineOrigins(text, result.models, units, module.kernelNames);
  return { ...result, diagnostics, files, reports, inlined, lineOrigins: origins };
}

/** What a cases file adds to a compilation: diagnostics, a dependency, and samples to emit. */
async function selfTestOf(
  checked: CheckResult,
  { selfTest: cases, precision }: CompileOptions,
): Promise<{
  readonly result: Partial<CheckResult>;
  readonly emitted: { readonly selfTest?: SelfTest };
}> {
  if (cases === undefined) return { result: {}, emitted: {} };
  const file = checked.sources[0]?.path ?? "";
  const { value, diagnostics } = await selfTestVectors(checked.models, cases, file, toleranceFor(precision));
  return {
    result: {
      diagnostics: [...checked.diagnostics, ...diagnostics],
      dependencies: [...checked.dependencies, cases.path],
    },
    emitted: value === undefined ? {} : { selfTest: value },
  };
}

/** A model without a `weights` clause of its own takes its weights from the caller; one without weights needs none. */
function bindingOf(model: Model, arrays: WeightArrays | undefined, options: CompileOptions): WeightBinding {
  const weights = modelWeights(model);
  if (weights.length === 0) return { kind: "inline", arrays: new Map() };
  if (arrays === undefined) return { kind: "argument" };
  if (options.weights === "file") return { kind: "file", fileName: sidecarName(model) };
  return { kind: "inline", arrays };
}

/** The safetensors file beside the module, for a model whose weights were asked to lie there. */
function sidecar(unit: ModelUnit, arrays: WeightArrays | undefined): readonly GeneratedFile[] {
  if (unit.binding.kind !== "file" || arrays === undefined) return [];
  const content = writeSafetensors(
    unit.weights.map(({ path, shape, precision }) => ({
      name: path.join("."),
      shape,
      ...(precision === undefined ? {} : { precision }),
      data: arrays.get(weightKey(path)) as Float32Array,
    })),
    sidecarMetadata(unit.name),
  );
  return [{ name: unit.binding.fileName, content }];
}

/** `digits` of `models/digits.layers`, whichever slashes the host uses. */
function fileStem(path: string): string {
  const name = path.split(/[/\\]/).at(-1) ?? "";
  return name.replace(/\.layers$/, "") || "model";
}
