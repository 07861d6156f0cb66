import { indexConstant, substituteIndex, type Index } from "../ir/index-expression.ts";
import type { Loop, Statement, Value, WeightBuffer } from "../ir/loops.ts";
import { forEachValue } from "../ir/rewrite.ts";
import { isStatic, staticSize } from "../ir/size.ts";
import { lanes, type VectorBuffer, type VectorStatement, type VectorValue } from "../ir/vector-loops.ts";
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

  const convert = (list: readonly Statement[], along: Along | undefined): readonly VectorStatement[] =>
    list.flatMap((statement) => (statement.kind === "for" ? convertLoop(statement, along) : simple(statement, along)));

  const convertLoop = (loop: Loop, along: Along | undefined): readonly VectorStatement[] => {
    if (along === undefined && isIndependent(loop)) {
      return inSteps(loop, (body, lane) => convert(body, lane));
    }
    const reductions = along === undefined ? reductionsOf(loop) : undefined;
    return reductions === undefined
      ? [{ ...loop, body: convert(loop.body, along) }]
      : reduced(loop, reductions, (statement, lane) => simple(statement, lane));
  };

  const simple = (
    statement: Exclude<Statement, { kind: "for" }>,
    along: Along | undefined,
  ): readonly VectorStatement[] => {
    const toVector = (value: Value): VectorValue => convertValue(value, (load) => convertLoad(load, along));
    switch (statement.kind) {
      case "index":
        return [statement];
      case "let":
      case "var":
      case "set":
      case "lookup":
        return shareValues({ ...statement, value: toVector(statement.value) }, freshName);
      case "add":
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

/** What a loop accumulates into a local of the statements around it. */
interface Reduction {
  readonly name: string;
  readonly combine: "sum" | "max";
}

/** Sums and maxima in vectors of partial ones, joined after the loop. */
function reduced(
  loop: Loop,
  reductions: readonly Reduction[],
  simple: (statement: Exclude<Statement, { kind: "for" }>, along: Along | undefined) => readonly VectorStatement[],
): readonly VectorStatement[] {
  const partial = (name: string): string => `${name}Parts`;
  const byName = new Map(reductions.map((reduction) => [reduction.name, reduction]));
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
    ...inSteps(loop, body),
    ...reductions.map(({ name, combine }): VectorStatement => {
      const across: VectorValue = { kind: "across", combine, operand: local(partial(name)) };
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
