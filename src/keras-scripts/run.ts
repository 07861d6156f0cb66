import type { Span } from "../diagnostics/diagnostic.ts";
import type { BlockStatement, Expression, Statement } from "../python/ast.ts";
import type { Binding, Changing, PythonValue, Scope, ScriptModel, Why } from "./values.ts";

/**
 * Steps that a script may take: expressions, statements, and items of lists that are gone through. Without functions, which may
 * call others any number of times, no script of the length that is read takes as many.
 */
const mostSteps = 1_000_000;

/** What has come of a script so far, and what its parts need of one another. */
export interface Run {
  readonly root: Scope;
  /** The names that the script gives to a value once and for all. */
  readonly constants: ReadonlySet<string>;
  /** Of each statement the earlier ones whose values it takes. */
  readonly reads: Map<number, Set<number>>;
  /** Every model that is made, in order. */
  readonly models: ScriptModel[];
  /** Models that are made in what is not read. */
  readonly lost: Why[];
  /** Why it can't be told what the script comes to. */
  readonly failures: Why[];
  /** Statements that train, save or print a model. */
  readonly uses: Map<number, { readonly model: ScriptModel; readonly method: string; readonly span: Span }>;
  /** Statements that say which layers are trained. */
  readonly settings: Set<number>;
  /** What statements say of the training that is not read. */
  readonly missed: Map<number, Missed[]>;
  /** The statements that have been read, each once; their places are their numbers. */
  readonly statements: Map<Statement, number>;
  /** Layers and models that stand alone, as in a part of a script. */
  readonly bare: PythonValue[];
  /** The statement that is read. */
  statement: number;
  /** How many functions are being called. */
  depth: number;
  /** How many tensors there are. */
  tensors: number;
  steps: number;
  /** Whether all names of Keras' layers are imported. */
  importsLayers: boolean;
  /** The text that a span covers. */
  textOf(span: Span): string;
  evaluate(node: Expression, scope: Scope): PythonValue;
  /** What a function of the script returns. */
  callFunction(definition: BlockStatement, scope: Scope, args: CallArguments, span: Span): PythonValue;
}

/** What says how a model is trained, and is not read. */
export interface Missed {
  readonly span: Span;
  /** A clause without a final stop. */
  readonly what: string;
  readonly help?: string;
}

/** The arguments of a call, evaluated. */
export interface CallArguments {
  readonly positional: readonly EvaluatedArgument[];
  readonly named: ReadonlyMap<string, EvaluatedArgument>;
  /** One that is spread and has no value. */
  readonly spread?: EvaluatedArgument;
}

export interface EvaluatedArgument {
  readonly node: Expression;
  readonly span: Span;
  readonly value: PythonValue;
}

/** Whether there are steps left to take; without them nobody can tell what the script comes to. */
export function takesSteps(run: Run, span: Span, count = 1): boolean {
  run.steps += count;
  if (run.steps <= mostSteps) return true;
  if (run.failures.length === 0) run.failures.push({ reason: tooManySteps, span });
  return false;
}

export const tooManySteps = "the script takes too many steps";

/** What a name stands for where it is read; undefined for one that nothing gives a value to. */
export function lookUp(name: string, scope: Scope): Binding | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    const found = at.names.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The same, remembering that the statement depends on the one that gave the value. */
export function readName(name: string, scope: Scope, run: Run): Binding | undefined {
  const found = lookUp(name, scope);
  if (found === undefined) return undefined;
  dependOn(found.statement, run);
  const { value } = found;
  if ("changes" in value) for (const statement of value.changes ?? []) dependOn(statement, run);
  return found;
}

/** The statement that is read takes what another one made. */
export function dependOn(statement: number, run: Run): void {
  const reads = run.reads.get(run.statement);
  if (reads === undefined) run.reads.set(run.statement, new Set([statement]));
  else reads.add(statement);
}

/** The statement that is read changes a value in place, for those that take it later. */
export function changeValue(value: Changing, run: Run): void {
  value.changes = [...(value.changes ?? []), run.statement];
}

/** The statement that is read says something of the training that the model won't have. */
export function miss(span: Span, what: string, run: Run, help?: string): void {
  const missed = run.missed.get(run.statement) ?? [];
  run.missed.set(run.statement, [...missed, { span, what, ...(help === undefined ? {} : { help }) }]);
}

export function bind(name: string, value: PythonValue, scope: Scope, run: Run): void {
  scope.names.set(name, { value, statement: run.statement });
  if (value.kind === "model") value.model.variable ??= name;
}

/** A text of the script for a message, in one line and cut where it is long. */
export function quote(span: Span, run: Run): string {
  const text = run.textOf(span).replaceAll(/\s+/g, " ");
  return `'${text.length > 40 ? `${text.slice(0, 37)}...` : text}'`;
}
