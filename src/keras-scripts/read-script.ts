import { hasErrors, type Diagnostic, type Span } from "../diagnostics/diagnostic.ts";
import { mapLines } from "../diagnostics/line-map.ts";
import type { Statement } from "../python/ast.ts";
import { scriptTooLarge } from "../python/diagnostics.ts";
import { maxScriptLength } from "../python/limits.ts";
import { parsePython } from "../python/parse-python.ts";
import type { Source } from "../syntax/source.ts";
import { countBindings } from "./bound-names.ts";
import { chooseModel } from "./choose-model.ts";
import { containedIn } from "./contained.ts";
import { scriptUnread } from "./diagnostics.ts";
import { evaluate } from "./evaluate.ts";
import { callFunction } from "./functions.ts";
import { holdersOf, notesOf } from "./notes.ts";
import type { Run } from "./run.ts";
import { takeStatements } from "./statements.ts";
import { toConfig, type SerializedModel } from "./to-config.ts";
import type { PythonValue, Scope, ScriptModel } from "./values.ts";
import type { Written } from "./written.ts";

/** The model that a script makes. */
export interface ScriptReading extends SerializedModel {
  /** By which the script asks for it. */
  readonly variable: string;
  /** As its author named it. */
  readonly name: string | undefined;
  readonly span: Span;
  /** Values that the script names once and for all, by their names, as they are written. */
  readonly constants: ReadonlyMap<string, NamedConstant>;
}

/** A number or a list of numbers with a name. */
export interface NamedConstant {
  readonly json: number | readonly number[];
  readonly written: Written;
}

/** What comes of a script: a model, as far as it can be told, and what is said of the script. */
export interface ScriptResult {
  /** With an error among the diagnostics, parts of it are missing. */
  readonly value?: ScriptReading;
  /** The variables of the models, where it does not say which one is meant. */
  readonly choices?: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the model that a script of Keras makes, whole or a part of one; of a notebook every cell is a source. `wanted` is the
 * variable that holds it, where there are several. Nothing of the script is run. Leaves with `fail` where models nest too deep.
 */
export function readScript(sources: readonly Source[], wanted?: string): ScriptResult {
  const file = sources[0]?.path ?? "";
  const whole: Span = { file, start: 0, end: 0 };
  const length = sources.reduce((sum, { text }) => sum + text.length, 0);
  if (length > maxScriptLength) return { diagnostics: [scriptTooLarge(whole, { length, most: maxScriptLength })] };
  const parsed = sources.map((source) => parsePython(source));
  const wrong = parsed.flatMap(({ diagnostics }) => diagnostics);
  if (hasErrors(wrong)) return { diagnostics: wrong };
  const statements = parsed.flatMap(({ value }) => value.statements);
  const run = makeRun(sources, statements);
  takeStatements(statements, run.root, {}, run);
  const [failure] = run.failures;
  if (failure !== undefined) {
    return { diagnostics: [scriptUnread(failure.span, { model: "the model", reason: failure.reason, related: [] })] };
  }
  const chosen = chooseModel(statements, wanted, whole, run);
  if ("problem" in chosen) return { diagnostics: [chosen.problem], choices: chosen.choices ?? [] };
  const { model, name } = chosen;
  const contained = containedIn(model);
  const problems = problemsOf(name, contained, run);
  const lines = new Map(sources.map(({ path, text }) => [path, mapLines(text)]));
  const lineOf = ({ file: path, start }: Span): number => lines.get(path)?.position(start).line ?? 0;
  const notes = notesOf(contained, holdersOf(model, run), lineOf, run);
  const reading = { ...toConfig(model), variable: name, name: model.name, span: model.span };
  return { value: { ...reading, constants: constantsOf(run) }, diagnostics: problems.length > 0 ? problems : notes };
}

/** Why it can't be told what a model is, each reason once. */
function problemsOf(name: string, { models, layers }: ReturnType<typeof containedIn>, run: Run): readonly Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  const add = (what: string, { problems }: Pick<ScriptModel, "problems">): void => {
    for (const { reason, span, help } of problems) {
      const key = `${span.file} ${span.start} ${reason}`;
      if (!found.has(key)) found.set(key, scriptUnread(span, { model: what, reason, help, related: [] }));
    }
  };
  for (const model of models) add(`the model '${nameOf(model, run) ?? name}'`, model);
  for (const layer of layers) add(`the layer ${layer.className}`, layer);
  return [...found.values()];
}

function nameOf(model: ScriptModel, run: Run): string | undefined {
  for (const [name, { value }] of run.root.names) if (value.kind === "model" && value.model === model) return name;
  return model.variable;
}

function makeRun(sources: readonly Source[], statements: readonly Statement[]): Run {
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  const counts = countBindings(statements);
  const root: Scope = { names: new Map(), outer: undefined };
  const run: Run = {
    root,
    constants: new Set([...counts].filter(([, count]) => count === 1).map(([name]) => name)),
    reads: new Map(),
    models: [],
    lost: [],
    failures: [],
    uses: new Map(),
    settings: new Set(),
    missed: new Map(),
    statements: new Map(),
    bare: [],
    statement: 0,
    depth: 0,
    tensors: 0,
    steps: 0,
    importsLayers: false,
    textOf: ({ file, start, end }) => texts.get(file)?.slice(start, Math.min(end, start + 1000)) ?? "",
    evaluate: (node, scope) => evaluate(node, scope, run),
    callFunction: (definition, scope, args, span) => callFunction(definition, scope, args, span, run),
  };
  return run;
}

/** Numbers and lists of numbers that have one name. */
function constantsOf(run: Run): ReadonlyMap<string, NamedConstant> {
  const found = new Map<string, NamedConstant>();
  for (const [name, { value }] of run.root.names) {
    const constant = run.constants.has(name) ? constantOf(value) : undefined;
    if (constant !== undefined) found.set(name, constant);
  }
  return found;
}

function constantOf(value: PythonValue): NamedConstant | undefined {
  if (value.kind === "number") return { json: value.value, written: { formula: value.formula } };
  if ((value.kind !== "list" && value.kind !== "tuple") || value.why !== undefined) return undefined;
  const { items } = value;
  const numbers = items.flatMap((item) => (item.kind === "number" ? [item] : []));
  if (numbers.length < items.length) return undefined;
  return {
    json: numbers.map((item) => item.value),
    written: { items: numbers.map(({ formula }) => ({ formula })) },
  };
}
