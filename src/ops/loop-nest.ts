import type { ScalarFunction } from "../ir/scalar.ts";
import { isStatic, type Size } from "../ir/size.ts";
import { indexConstant } from "../ir/index-expression.ts";
import type { Statement, Value } from "../ir/loops.ts";
import { substituteVariable } from "../ir/rewrite.ts";

/** A loop over `variable` from 0 to `to`; only its body where there is just one iteration. */
export function loop(variable: string, to: Size, body: readonly Statement[]): readonly Statement[] {
  if (isStatic(to) && to.factor === 1) return substituteVariable(body, variable, indexConstant(0));
  return [{ kind: "for", variable, from: 0, to, step: 1, body }];
}

/** `last(...(first(value)))` */
export function applyFunctions(functions: readonly ScalarFunction[], value: Value): Value {
  return functions.reduce<Value>((argument, fn) => ({ kind: "call", function: fn, argument }), value);
}
