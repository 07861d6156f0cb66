import { indexConstant, substituteIndex, type Index } from "../ir/index-expression.ts";
import type { Loop, Statement, Value, WeightBuffer } from "../ir/loops.ts";
import { forEachValue } from "../ir/visit-statements.ts";
import { isStatic, staticSize } from "../ir/size.ts";
import { lanes, type VectorBuffer, type VectorStatement, type VectorValue } from "./vector-loops.ts";
import { add, constant, declare, loadSplat, loadVector, local } from "./build.ts";
import { shareValues } from "./share-values.ts";
import { convertValue } from "./values.ts";

/** The loop variable whose steps lie side by side in the lanes, and in how many of them. */
interface Along {
  readonly variable: string;
  readonly count: number;
  /** Its value, where that is known. */
  readonly at?: number;
}

/**
 * Any loop nest on vectors: each loop whose iterations are independent and lie side by side in memory takes four steps at
 * once, as does an innermost loop that adds up or takes a maximum. All other loops stay as they are, on four equal lanes.
 */
export function vectorize(statements: readonly Statement[]): readonly VectorStatement[] {
  let names = 0;
  const freshName = (): string => `t${names++}`;
  const longSums = longSumsOf(statements);
  // Partial sums of these, in vectors. Their last step, of fewer lanes, is added as it is.
  const longParts = new Set<string>();

  const convert = (list: readonly Statement[], along: Along | undefined): readonly VectorStatement[] =>
    list.flatMap((statement) => (statement.kind === "for" ? convertLoop(statement, along) : simple(statement, along)));

  const convertLoop = (loop: Loop, along: Along | undefined): readonly VectorStatement[] => {
    if (along === undefined && isIndependent(loop)) {
      return inSteps(loop, (body, lane) => convert(body, lane));
    }
    const reductions = along === undefined ? reductionsOf(loop) : undefined;
    return reductions === undefined
      ? [{ ...loop, body: convert(loop.body, along) }]
      : reduced(loop, reductions, { longSums, longParts }, (statement, lane) => simple(statement, lane));
  };

  /** Adds a term to a sum, and keeps what the sum loses by it (Kahan, 1965). */
  const compensated = (sum: string, term: VectorValue): readonly VectorStatement[] => {
    const [added, total] = [freshName(), freshName()];
    const change = subtract(local(total), local(sum));
    return [
      ...shareValues({ kind: "let", name: added, value: subtract(term, local(lost(sum))) }, freshName),
      { kind: "let", name: total, value: add(local(sum), local(added)) },
      { kind: "set", name: lost(sum), value: subtract(change, local(added)) },
      { kind: "set", name: sum, value: local(total) },
    ];
  };

  const simple = (
    statement: Exclude<Statement, { kind: "for" }>,
    along: Along | undefined,
  ): readonly VectorStatement[] => {
    const toVector = (value: Value): VectorValue => convertValue(value, (load) => convertLoad(load, along));
    switch (statement.kind) {
      case "index":
        return [statement];
      case "var":
        return [
          ...shareValues({ ...statement, value: toVector(statement.value) }, freshName),
          ...(longSums.has(statement.name) ? [declare(lost(statement.name), constant(0))] : []),
        ];
      case "let":
      case "set":
      case "lookup":
        return shareValues({ ...statement, value: toVector(statement.value) }, freshName);
      case "add":
        if (longSums.has(statement.name) || (longParts.has(statement.name) && along?.count === lanes)) {
          return compensated(statement.name, toVector(statement.value));
        }
        return shareValues(
          {
            kind: "set",
            name: statement.name,
            value: toVector({
              kind: "binary",
              operator: "add",
              left: local(statement.name) as Value,
              right: statement.value,
            }),
          },
          freshName,
        );
      case "store":
        return shareValues(
          {
            ...statement,
            index: placed(statement.index, along),
            count: along?.count ?? 1,
            value: toVector(statement.value),
          },
          freshName,
        );
    }
  };

  return convert(statements, undefined);
}

function convertLoad({ buffer, index }: Extract<Value, { kind: "load" }>, along: Along | undefined): VectorValue {
  const vectorBuffer: VectorBuffer = buffer.kind === "weights" ? rowMajor(buffer) : buffer;
  return along !== undefined && strideOf(index, along.variable) === 1
    ? loadVector(vectorBuffer, placed(index, along))
    : loadSplat(vectorBuffer, index);
}

function placed(index: Index, along: Along | undefined): Index {
  return along?.at === undefined ? index : substituteIndex(index, along.variable, indexConstant(along.at));
}

function rowMajor({ weight }: WeightBuffer): VectorBuffer {
  return { kind: "weights", weight, layout: { kind: "row-major" } };
}

/** Four steps at once, then the rest: fewer lanes where their number is known, else one step at a time. */
function inSteps(
  loop: Loop,
  convert: (body: readonly Statement[], along: Along | undefined) => readonly VectorStatement[],
): readonly VectorStatement[] {
  const { variable, body, to } = loop;
  if (!isStatic(to)) {
    const whole = `${variable}Whole`;
    return [
      { kind: "whole", name: whole, size: to, step: lanes },
      { ...loop, to: { local: whole }, step: lanes, body: convert(body, { variable, count: lanes }) },
      { ...loop, from: { local: whole }, body: convert(body, undefined) },
    ];
  }
  const rest = to.factor % lanes;
  const whole = to.factor - rest;
  return [
    ...(whole > 0
      ? [{ ...loop, to: staticSize(whole), step: lanes, body: convert(body, { variable, count: lanes }) }]
      : []),
    ...(rest > 0 ? convert(body, { variable, count: rest, at: whole }) : []),
  ];
}

/** Terms from which on a sum is compensated: a running sum of float32 numbers loses a bit for every four times as many. */
const longSum = 128;

/** The sums that some loop adds many terms to, or a number of terms that only run time knows. */
function longSumsOf(statements: readonly Statement[]): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (list: readonly Statement[]): void => {
    for (const statement of list) {
      if (statement.kind !== "for") continue;
      visit(statement.body);
      const { to, step, body } = statement;
      if (isStatic(to) && to.factor / step <= longSum) continue;
      for (const name of carried(body)) if (isAddedTo(body, name)) found.add(name);
    }
  };
  visit(statements);
  return found;
}

function isAddedTo(body: readonly Statement[], name: string): boolean {
  return body.some((statement) =>
    statement.kind === "for" ? isAddedTo(statement.body, name) : statement.kind === "add" && statement.name === name,
  );
}

/** The local that holds what a sum has lost. */
function lost(sum: string): string {
  return `${sum}Lost`;
}

function subtract(left: VectorValue, right: VectorValue): VectorValue {
  return { kind: "binary", operator: "sub", left, right };
}

/** What a loop accumulates into a local of the statements around it. */
interface Reduction {
  readonly name: string;
  readonly combine: "sum" | "max";
}

/** Sums and maxima in vectors of partial ones, joined after the loop. */
function reduced(
  loop: Loop,
  reductions: readonly Reduction[],
  { longSums, longParts }: { readonly longSums: ReadonlySet<string>; readonly longParts: Set<string> },
  simple: (statement: Exclude<Statement, { kind: "for" }>, along: Along | undefined) => readonly VectorStatement[],
): readonly VectorStatement[] {
  const partial = (name: string): string => `${name}Parts`;
  const byName = new Map(reductions.map((reduction) => [reduction.name, reduction]));
  const isLong = ({ name, combine }: Reduction): boolean => combine === "sum" && longSums.has(name);
  for (const reduction of reductions) if (isLong(reduction)) longParts.add(partial(reduction.name));
  const body = (list: readonly Statement[], along: Along | undefined): readonly VectorStatement[] =>
    list.flatMap((statement) => {
      const flat = statement as Exclude<Statement, { kind: "for" }>;
      const reduction = flat.kind === "add" || flat.kind === "set" ? byName.get(flat.name) : undefined;
      if (reduction === undefined || along === undefined) return simple(flat, along);
      return simple(renamed(flat, partial(reduction.name)), along).map((converted) =>
        converted.kind === "set" && along.count < lanes ? onFirst(converted, reduction, along.count) : converted,
      );
    });
  return [
    ...reductions.map(({ name, combine }) => declare(partial(name), constant(combine === "sum" ? 0 : -Infinity))),
    ...reductions.filter(isLong).map(({ name }) => declare(lost(partial(name)), constant(0))),
    ...inSteps(loop, body),
    ...reductions.map((reduction): VectorStatement => {
      const { name, combine } = reduction;
      const parts = local(partial(name));
      const operand = isLong(reduction) ? subtract(parts, local(lost(partial(name)))) : parts;
      const across: VectorValue = { kind: "across", combine, operand };
      return { kind: "set", name, value: combined(combine, local(name), across) };
    }),
  ];
}

/** The first lanes of what is accumulated; nothing is added to the others. */
function onFirst(
  statement: Extract<VectorStatement, { kind: "set" }>,
  { combine }: Reduction,
  count: number,
): VectorStatement {
  const before = local(statement.name);
  const rest = combine === "sum" ? 0 : -Infinity;
  const { value } = statement;
  const term: VectorValue =
    value.kind === "multiply-add"
      ? { kind: "binary", operator: "mul", left: value.a, right: value.b }
      : value.kind === "binary"
        ? value.right
        : value;
  return { ...statement, value: combined(combine, before, { kind: "first", count, operand: term, rest }) };
}

function combined(combine: "sum" | "max", left: VectorValue, right: VectorValue): VectorValue {
  return combine === "sum" ? add(left, right) : { kind: "binary", operator: "max", left, right };
}

function renamed(statement: Exclude<Statement, { kind: "for" }>, newName: string): Exclude<Statement, { kind: "for" }> {
  const newLocal: Value = { kind: "local", name: newName };
  if (statement.kind === "add") return { ...statement, name: newName };
  const { value } = statement as { readonly value: Extract<Value, { kind: "binary" }> };
  return { ...statement, name: newName, value: { ...value, left: newLocal } } as Exclude<Statement, { kind: "for" }>;
}

/** Whether four steps of a loop can be done at once: elements side by side, and nothing carried from step to step. */
function isIndependent(loop: Loop): boolean {
  if (loop.from !== 0 || loop.step !== 1) return false;
  if (carried(loop.body).length > 0) return false;
  return isSideBySide(loop.body, loop.variable, true);
}

/** The accumulations of an innermost loop, if that is all it carries from step to step. */
function reductionsOf(loop: Loop): readonly Reduction[] | undefined {
  if (loop.from !== 0 || loop.step !== 1 || loop.body.some(({ kind }) => kind === "for")) return undefined;
  if (!isSideBySide(loop.body, loop.variable, false)) return undefined;
  const names = carried(loop.body);
  const reductions = names.map((name) => reductionOf(loop.body, name));
  return reductions.every((reduction) => reduction !== undefined) && reductions.length > 0 ? reductions : undefined;
}

function reductionOf(body: readonly Statement[], name: string): Reduction | undefined {
  const isLocal = (value: Value): boolean => value.kind === "local" && value.name === name;
  const changes = body.filter(
    (statement) => (statement.kind === "add" || statement.kind === "set") && statement.name === name,
  );
  const [change] = changes;
  if (changes.length !== 1 || change === undefined) return undefined;
  let reads = 0;
  forEachValue(body, (value) => {
    if (isLocal(value)) reads++;
  });
  if (change.kind === "add") return reads === 0 ? { name, combine: "sum" } : undefined;
  const { value } = change as { readonly value: Value };
  const isMaximum = value.kind === "binary" && value.operator === "max" && isLocal(value.left);
  return isMaximum && reads === 1 ? { name, combine: "max" } : undefined;
}

/** Locals that a body changes without declaring them. */
function carried(body: readonly Statement[], outer: ReadonlySet<string> = new Set()): readonly string[] {
  const declared = new Set(outer);
  const names = new Set<string>();
  for (const statement of body) {
    if (statement.kind === "let" || statement.kind === "var") declared.add(statement.name);
    else if (statement.kind === "for") carried(statement.body, declared).forEach((name) => names.add(name));
    else if ((statement.kind === "add" || statement.kind === "set") && !declared.has(statement.name))
      names.add(statement.name);
  }
  return [...names];
}

/** Whether all elements that a body reads are the same for each step of a variable, or follow each other. */
function isSideBySide(body: readonly Statement[], variable: string, stores: boolean): boolean {
  let fits = true;
  let stored = false;
  const visit = (list: readonly Statement[]): void => {
    for (const statement of list) {
      if (statement.kind === "for") visit(statement.body);
      else if (statement.kind === "lookup" || statement.kind === "index") fits = false;
      else if (statement.kind === "store") {
        stored = true;
        fits &&= strideOf(statement.index, variable) === 1;
      }
    }
  };
  visit(body);
  forEachValue(body, (value) => {
    if (value.kind !== "load") return;
    const stride = strideOf(value.index, variable);
    fits &&= stride === 0 || stride === 1;
  });
  return fits && (stored || !stores);
}

/** Elements between two steps of a variable; NaN where only run time knows. */
function strideOf(index: Index, variable: string): number {
  const term = index.terms.find((candidate) => candidate.variable === variable);
  if (term === undefined) return 0;
  return isStatic(term.stride) ? term.stride.factor : NaN;
}
