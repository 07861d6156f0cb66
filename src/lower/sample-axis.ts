import { addIndex, indexConstant, indexVariable, type Index } from "../ir/index-expression.ts";
import type { Loop, Statement } from "../ir/loops.ts";
import { substituteVariable } from "../ir/rewrite.ts";
import { multiplySizes, sizesEqual, type Size } from "../ir/size.ts";
import { forEachIndex, mapAccesses } from "../ir/visit-statements.ts";

/** A loop over samples around the loop nest of one, for samples that lie one after the other in every data buffer. */
export function sampleLoop(body: readonly Statement[], variable: string, samples: Size): Loop {
  const placed = mapAccesses(body, (index, buffer) =>
    buffer.kind === "weights" ? index : addIndex(indexVariable(variable, buffer.size), index),
  );
  return { kind: "for", variable, from: 0, to: samples, step: 1, body: placed };
}

/** One loop in place of two whose steps together are equal steps through every buffer. */
export function joinLoops(outer: Loop): Loop | undefined {
  const [inner, ...others] = outer.body;
  if (inner?.kind !== "for" || others.length > 0) return undefined;
  if (outer.step !== 1 || inner.from !== 0 || inner.step !== 1) return undefined;
  let continued = true;
  forEachIndex(inner.body, (index) => {
    continued &&= isContinued(index, outer.variable, inner);
  });
  if (!continued) return undefined;
  const body = substituteVariable(inner.body, outer.variable, indexConstant(0));
  return { ...inner, to: multiplySizes(outer.to, inner.to), body };
}

/** The same for all loops that are nested in each other, from the innermost out. */
export function joinNestedLoops(loop: Loop): Loop {
  const [only, ...others] = loop.body;
  if (only?.kind !== "for" || others.length > 0) return loop;
  const nested = { ...loop, body: [joinNestedLoops(only)] };
  return joinLoops(nested) ?? nested;
}

/** Whether a step of the outer variable is as long as all steps of the inner one. */
function isContinued(index: Index, outer: string, inner: Loop): boolean {
  const stride = (variable: string): Size | undefined => index.terms.find((term) => term.variable === variable)?.stride;
  const [outerStride, innerStride] = [stride(outer), stride(inner.variable)];
  if (outerStride === undefined || innerStride === undefined) return outerStride === innerStride;
  return sizesEqual(outerStride, multiplySizes(innerStride, inner.to));
}
