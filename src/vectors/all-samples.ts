import { addIndex, indexConstant, indexVariable, type Index } from "../ir/index-expression.ts";
import type { DataBuffer, Loop, Statement } from "../ir/loops.ts";
import { substituteVariable } from "../ir/rewrite.ts";
import { forEachIndex, mapAccesses } from "../ir/visit-statements.ts";
import { dimSize, multiplySizes, sizesEqual, type Size } from "../ir/size.ts";
import { samplesDim } from "./vector-loops.ts";

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
  const body = mapAccesses(statements, (index, buffer) => {
    if (buffer.kind === "weights") return index;
    return addIndex(indexVariable("sample", buffer.name === input.name ? input.size : output.size), index);
  });
  return [collapse({ kind: "for", variable: "sample", from: 0, to: dimSize(samplesDim), step: 1, body })];
}

/** One loop in place of two whose steps together are equal steps through every buffer. */
function collapse(loop: Loop): Loop {
  const [only] = loop.body;
  if (loop.body.length !== 1 || only?.kind !== "for") return loop;
  const inner = collapse(only);
  const again = { ...loop, body: [inner] };
  if (inner.from !== 0 || inner.step !== 1 || loop.step !== 1) return again;
  let continued = true;
  forEachIndex(inner.body, (index) => {
    continued &&= isContinued(index, loop.variable, inner);
  });
  if (!continued) return again;
  const body = substituteVariable(inner.body, loop.variable, indexConstant(0));
  return { ...inner, to: multiplySizes(loop.to, inner.to), body };
}

/** Whether a step of the outer variable is as long as all steps of the inner one. */
function isContinued(index: Index, outer: string, inner: Loop): boolean {
  const stride = (variable: string): Size | undefined => index.terms.find((term) => term.variable === variable)?.stride;
  const [outerStride, innerStride] = [stride(outer), stride(inner.variable)];
  if (outerStride === undefined || innerStride === undefined) return outerStride === innerStride;
  return sizesEqual(outerStride, multiplySizes(innerStride, inner.to));
}
