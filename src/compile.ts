import { check as checkProgram } from "./check/check.ts";
import type { Model } from "./check/model.ts";
import { hasErrors, type Diagnostic } from "./diagnostics/diagnostic.ts";
import { formatTypeScript } from "./format/typescript.ts";
import { weightKey, type WeightArrays } from "./ir/weight-arrays.ts";
import type { Host } from "./load/host.ts";
import { load } from "./load/index.ts";
import { modelWeights } from "./lower/model-info.ts";
import { checkBackEndLimits } from "./stages/limits.ts";
import { makeUnit, planModel } from "./stages/model-unit.ts";
import { reportModel, type ModelReport } from "./stages/report.ts";
import type { ModelDeclaration, ModelFile } from "./syntax/ast.ts";
import type { Source } from "./syntax/source.ts";
import type { ModelUnit, WeightBinding } from "./targets/model-unit.ts";
import { emitTypeScript } from "./targets/typescript/emit.ts";
import { version } from "./version.ts";
import { checkWeightClauses, loadWeights } from "./weights/load-weights.ts";
import { writeSafetensors } from "./weights/write-safetensors.ts";

export interface CheckOptions {
  /** How imports and weight files are reached; without one, a file that has any gets a diagnostic. */
  readonly host?: Host;
}

export interface CompileOptions extends CheckOptions {
  readonly target?: "typescript";
  /** Where bound weights go: into the module, or into a safetensors file beside it. Default `inline`. */
  readonly weights?: "inline" | "file";
  /** `auto` unrolls what is faster unrolled, `full` everything, `none` nothing. Default `auto`. */
  readonly unroll?: "auto" | "full" | "none";
  /** `ts` gives one `.ts` file, `js` a `.js` and a `.d.ts`. Default `ts`. */
  readonly emit?: "ts" | "js";
}

export interface CheckResult {
  /** The models of the file that are free of errors. */
  readonly models: readonly Model[];
  readonly diagnostics: readonly Diagnostic[];
  /** Every source read, for the frames of diagnostics: the file itself and what it imports. */
  readonly sources: readonly Source[];
  /** Paths of all files read, sources and weight files, as the host resolved them. */
  readonly dependencies: readonly string[];
}

export interface CompileResult extends CheckResult {
  /** Empty when a diagnostic is an error, and for a file without models (only blocks, to be imported). */
  readonly files: readonly GeneratedFile[];
  /** One per model, for `--explain`. Empty when a diagnostic is an error. */
  readonly reports: readonly ModelReport[];
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
  const { result, weights } = await checkSource(source, options);
  if (hasErrors(result.diagnostics)) return { ...result, files: [], reports: [] };

  const planned = result.models.map((model) =>
    planModel(model, bindingOf(model, weights.get(model), options), options.unroll ?? "auto"),
  );
  const diagnostics = [...result.diagnostics, ...planned.flatMap(checkBackEndLimits)];
  if (hasErrors(diagnostics)) return { ...result, diagnostics, files: [], reports: [] };

  if (planned.length === 0) return { ...result, diagnostics, files: [], reports: [] };
  const emit = options.emit ?? "ts";
  const stem = fileStem(result.sources[0]?.path ?? "");
  const units = planned.map(makeUnit);
  const module = emitTypeScript(units, { emit, version, sourceName: `${stem}.layers` });
  const text = module.restore(await formatTypeScript(module.text));

  const files: GeneratedFile[] = [{ name: `${stem}.${emit}`, content: text }];
  if (module.declarations !== undefined) {
    files.push({ name: `${stem}.d.ts`, content: await formatTypeScript(module.declarations) });
  }
  files.push(...units.flatMap((unit, at) => sidecar(unit, weights.get(result.models[at] as Model))));
  const reports = units.map((unit, at) => reportModel(result.models[at] as Model, unit, module.kernelNames, text));
  return { ...result, diagnostics, files, reports };
}

interface CheckedSource {
  readonly result: CheckResult;
  readonly weights: ReadonlyMap<Model, WeightArrays>;
}

async function checkSource(source: Source | string, options: CheckOptions): Promise<CheckedSource> {
  const entry = typeof source === "string" ? { path: "model.layers", text: source } : source;
  const loaded = await load(entry, options.host);
  const checked = checkProgram(loaded.program, loaded.diagnostics);
  const weights = await loadWeights(checked.value.models, options.host);
  const otherClauses = await checkWeightClauses(
    faultyModels(loaded.program.entry, checked.value.models),
    entry.path,
    options.host,
  );
  return {
    result: {
      models: checked.value.models,
      diagnostics: inOrder(
        [...loaded.diagnostics, ...checked.diagnostics, ...weights.diagnostics, ...otherClauses],
        loaded.sources,
      ),
      sources: loaded.sources,
      dependencies: [...loaded.dependencies, ...weights.dependencies],
    },
    weights: weights.arrays,
  };
}

/** The declarations of models that have errors, whose weights are not bound. */
function faultyModels(file: ModelFile, models: readonly Model[]): readonly ModelDeclaration[] {
  const sound = new Set(models.map((model) => model.nameSpan.start));
  return file.declarations.filter(
    (declaration) => declaration.kind === "model" && !sound.has(declaration.name.span.start),
  ) as readonly ModelDeclaration[];
}

/** Diagnostics as a reader meets their places: file by file, from top to bottom. */
function inOrder(diagnostics: readonly Diagnostic[], sources: readonly Source[]): readonly Diagnostic[] {
  const files = new Map(sources.map(({ path }, at) => [path, at]));
  const rank = (diagnostic: Diagnostic): number => files.get(diagnostic.span?.file ?? "") ?? files.size;
  return diagnostics.toSorted(
    (a, b) =>
      rank(a) - rank(b) || (a.span?.start ?? 0) - (b.span?.start ?? 0) || (a.span?.end ?? 0) - (b.span?.end ?? 0),
  );
}

/** A model without a `weights` clause of its own takes its weights from the caller; one without weights needs none. */
function bindingOf(model: Model, arrays: WeightArrays | undefined, options: CompileOptions): WeightBinding {
  const weights = modelWeights(model);
  if (weights.length === 0) return { kind: "inline", arrays: new Map() };
  if (arrays === undefined) return { kind: "argument" };
  if (options.weights === "file") return { kind: "file", fileName: `${model.exportName}.weights.safetensors` };
  return { kind: "inline", arrays };
}

/** The safetensors file beside the module, for a model whose weights were asked to lie there. */
function sidecar(unit: ModelUnit, arrays: WeightArrays | undefined): readonly GeneratedFile[] {
  if (unit.binding.kind !== "file" || arrays === undefined) return [];
  const content = writeSafetensors(
    unit.weights.map(({ path, shape }) => ({
      name: path.join("."),
      shape,
      data: arrays.get(weightKey(path)) as Float32Array,
    })),
  );
  return [{ name: unit.binding.fileName, content }];
}

/** `digits` of `models/digits.layers`, whichever slashes the host uses. */
function fileStem(path: string): string {
  const name = path.split(/[/\\]/).at(-1) ?? "";
  return name.replace(/\.layers$/, "") || "model";
}
