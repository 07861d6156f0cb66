import type { Scalar } from "../../ir/scalar.ts";
import { shareScalars } from "../../ir/share-scalars.ts";
import { printValue, type Scope } from "./print-value.ts";

/**
 * The body of an elementwise function: a subexpression that is used more than once (the same object in the tree) becomes
 * a local.
 */
export function printScalarFunction(body: Scalar, scope: Scope): string {
  const { locals, values } = shareScalars([body], "t");
  const lines = locals.map(({ name, value }) => `const ${name} = ${printValue(value, scope)};`);
  return [...lines, ...values.map((value) => `return ${printValue(value, scope)};`)].join("\n");
}
