import { indexConstant, substituteIndex, type Index } from "../ir/index-expression.ts";
import type { Loop, Statement, Value } from "../ir/loops.ts";
import { isStatic, staticSize } from "../ir/size.ts";
import { forEachAccess, forEachStatement } from "../ir/visit-statements.ts";
import { loadSplat, loadVector, rowMajor } from "./build.ts";
import { lanes, type VectorBuffer, type VectorStatement, type VectorValue } from "./vector-loops.ts";

/** The loop variable whose steps lie side by side in the lanes, and in how many of them. */
export interface LaneAxis {
  readonly variable: string;
  readonly count: number;
  /** Its value, where that is known. */
  readonly at?: number;
}

/** What is read at a place: elements side by side along the axis, or one element for all lanes. */
export function convertLoad(
  { buffer, index }: Extract<Value, { kind: "load" }>,
  axis: LaneAxis | undefined,
): VectorValue {
  const vectorBuffer: VectorBuffer = buffer.kind === "weights" ? rowMajor(buffer.weight) : buffer;
  return axis !== undefined && strideOf(index, axis.variable) === 1
    ? loadVector(vectorBuffer, placed(index, axis))
    : loadSplat(vectorBuffer, index);
}

/** A place at the axis' value, where that is known. */
export function placed(index: Index, axis: LaneAxis | undefined): Index {
  return axis?.at === undefined ? index : substituteIndex(index, axis.variable, indexConstant(axis.at));
}

/** Four steps at once, then the rest: fewer lanes where their number is known, else one step at a time. */
export function inSteps(
  loop: Loop,
  convert: (body: readonly Statement[], axis: LaneAxis | undefined) => readonly VectorStatement[],
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

/** Whether all elements that a body reads are the same for each step of a variable, or follow each other. */
export function isSideBySide(body: readonly Statement[], variable: string, stores: boolean): boolean {
  let fits = true;
  let stored = false;
  forEachStatement(body, (statement) => {
    if (statement.kind === "lookup" || statement.kind === "index") fits = false;
    if (statement.kind !== "store") return;
    stored = true;
    fits &&= strideOf(statement.index, variable) === 1;
  });
  forEachAccess(body, (index) => {
    const stride = strideOf(index, variable);
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
