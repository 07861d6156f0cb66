import { checkProgram } from "../check/check-program.ts";
import type { CheckMemory } from "../check/memory/check-memory.ts";
import type { Model } from "../check/model.ts";
import type { SemanticIndex } from "../check/semantics/semantic-index.ts";
import type { Checked, Diagnostic } from "../diagnostics/diagnostic.ts";
import type { WeightArrays } from "../ir/weight-arrays.ts";
import type { Host } from "../load/host.ts";
import { load } from "../load/index.ts";
import type { Program } from "../load/program.ts";
import type { ModelDeclaration, ModelFile } from "../syntax/ast.ts";
import type { Source } from "../syntax/source.ts";
import { importedPart } from "./imported-source.ts";
import { limitDiagnostics } from "./limit-diagnostics.ts";
import { checkWeightClauses, loadWeights } from "../weights/load-weights.ts";
import type { WeightsMemory } from "../weights/weights-memory.ts";

export interface CheckOptions {
  /** How imports and weight files are reached; without one, a file that has any gets a diagnostic. */
  readonly host?: Host;
}

export interface CheckResult {
  /** The models of the file that are free of errors. */
  readonly models: readonly Model[];
  /** What is known of the file and all it imports, also where there are errors: for editors and other tools. */
  readonly index: SemanticIndex;
  readonly diagnostics: readonly Diagnostic[];
  /** Every source read, for the frames of diagnostics: the file itself and what it imports. Empty for a trained file. */
  readonly sources: readonly Source[];
  /** Paths of all files read, sources and weight files, as the host resolved them. */
  readonly dependencies: readonly string[];
}

/** A source after the stages that every command needs, with the arrays of the models whose weights are bound. */
export interface CheckedSource {
  readonly result: CheckResult;
  /** The syntax tree of the file, and of all that it imports. */
  readonly program: Program;
  readonly weights: ReadonlyMap<Model, WeightArrays>;
}

/** A source with the path that names it in messages and outputs; a bare text is called `model.layers`. */
export function namedSource(source: Source | string): Source {
  return typeof source === "string" ? { path: "model.layers", text: source } : source;
}

/** What the compiler's own callers say besides. */
export interface SourceOptions extends CheckOptions {
  /** Which of the file's sound models have their weights bound; without it all, and the clauses of others are looked at, too. */
  readonly bound?: (models: readonly Model[]) => readonly Model[];
}

/** What is known of files and their nodes from checks before, for those who check the same files again and again. */
export interface SourceMemory {
  parse(source: Source): Checked<ModelFile>;
  readonly check: CheckMemory;
  readonly weights: WeightsMemory;
}

/** Parses a file and all it imports, checks it and binds its weights. */
export async function checkSource(
  source: Source | string,
  options: SourceOptions = {},
  memory?: SourceMemory,
): Promise<CheckedSource> {
  const entry = namedSource(source);
  const imported = importedPart(entry);
  const loaded = await load(entry, options.host, memory?.parse);
  const checked = checkProgram(loaded.program, loaded.diagnostics, memory?.check);
  const { models } = checked.value;
  const { bound } = options;
  const weights = await loadWeights(bound?.(models) ?? models, options.host, imported?.weights, memory?.weights);
  const faulty = bound === undefined ? faultyModels(loaded.program.entry, models) : [];
  const otherClauses = await checkWeightClauses(faulty, entry.path, options.host, memory?.weights);
  const diagnostics = [
    ...(imported?.diagnostics ?? []),
    ...loaded.diagnostics,
    ...checked.diagnostics,
    ...weights.diagnostics,
    ...otherClauses.diagnostics,
  ];
  return {
    result: {
      models,
      index: checked.value.index,
      diagnostics: limitDiagnostics(
        imported === undefined ? inOrder(diagnostics, loaded.sources) : diagnostics.map(withoutFix),
        entry.path,
      ),
      sources: imported === undefined ? loaded.sources : [],
      dependencies: [
        ...new Set([
          ...(imported?.dependencies ?? []),
          ...loaded.dependencies,
          ...weights.dependencies,
          ...otherClauses.dependencies,
        ]),
      ],
    },
    program: loaded.program,
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

/** One of a trained file, which no edit of a text can mend. */
function withoutFix(diagnostic: Diagnostic): Diagnostic {
  const { fix: _, ...rest } = diagnostic;
  return rest;
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
