import { addIndex, indexVariable, type Index } from "../ir/index-expression.ts";
import type { DataBuffer, Loop, Statement } from "../ir/loops.ts";
import { forEachValue, mapValues } from "../ir/rewrite.ts";
import { dimSize, multiplySizes, sizesEqual, type Size } from "../ir/size.ts";
import { samplesDim } from "../ir/vector-loops.ts";

/**
 * How many samples a program computes: as many as it is told to, the same but at least `fewestMany`, or the one that lies at
 * the start of its buffers.
 */
export type Samples = "any" | "many" | "one";

/** Enough for every tile of rows. */
export const fewestMany = 6;

/** The loop nest of one sample for all samples, which lie one after the other. */
export function forAllSamples(
  statements: readonly Statement[],
  input: DataBuffer,
  output: DataBuffer,
): readonly Statement[] {
  const place = (buffer: { readonly kind: string; readonly name?: string }, index: Index): Index => {
    if (buffer.kind === "weights") return index;
    return addIndex(indexVariable("sample", buffer.name === input.name ? input.size : output.size), index);
  };
  const visit = (list: readonly Statement[]): readonly Statement[] =>
    list.map((statement) => {
      if (statement.kind === "for") return { ...statement, body: visit(statement.body) };
      return statement.kind === "store" ? { ...statement, index: place(statement.buffer, statement.index) } : statement;
    });
  const body = mapValues(visit(statements), (value) =>
    value.kind === "load" ? { ...value, index: place(value.buffer, value.index) } : value,
  );
  return [collapse({ kind: "for", variable: "sample", from: 0, to: dimSize(samplesDim), step: 1, body })];
}

/** One loop in place of two whose steps together are equal steps through every buffer. */
function collapse(loop: Loop): Loop {
  const [only] = loop.body;
  if (loop.body.length !== 1 || only?.kind !== "for") return loop;
  const inner = collapse(only);
  const again = { ...loop, body: [inner] };
  if (inner.from !== 0 || inner.step !== 1 || loop.step !== 1) return again;
  if (!indicesOf(inner.body).every((index) => isContinued(index, loop.variable, inner))) return again;
  const drop = (index: Index): Index => ({
    ...index,
    terms: index.terms.filter(({ variable }) => variable !== loop.variable),
  });
  return { ...inner, to: multiplySizes(loop.to, inner.to), body: mapIndices(inner.body, drop) };
}

/** Whether a step of the outer variable is as long as all steps of the inner one. */
function isContinued(index: Index, outer: string, inner: Loop): boolean {
  const stride = (variable: string): Size | undefined => index.terms.find((term) => term.variable === variable)?.stride;
  const [outerStride, innerStride] = [stride(outer), stride(inner.variable)];
  if (outerStride === undefined || innerStride === undefined) return outerStride === innerStride;
  return sizesEqual(outerStride, multiplySizes(innerStride, inner.to));
}

function indicesOf(body: readonly Statement[]): readonly Index[] {
  const indices: Index[] = [];
  const visit = (list: readonly Statement[]): void => {
    for (const statement of list) {
      if (statement.kind === "for") visit(statement.body);
      else if (statement.kind === "store") indices.push(statement.index);
      else if (statement.kind === "index") indices.push(statement.value);
    }
  };
  visit(body);
  forEachValue(body, (value) => {
    if (value.kind === "load") indices.push(value.index);
  });
  return indices;
}

function mapIndices(body: readonly Statement[], map: (index: Index) => Index): readonly Statement[] {
  const visit = (list: readonly Statement[]): readonly Statement[] =>
    list.map((statement) => {
      if (statement.kind === "for") return { ...statement, body: visit(statement.body) };
      if (statement.kind === "store") return { ...statement, index: map(statement.index) };
      return statement.kind === "index" ? { ...statement, value: map(statement.value) } : statement;
    });
  return mapValues(visit(body), (value) => (value.kind === "load" ? { ...value, index: map(value.index) } : value));
}
