import { nowhere } from "../../diagnostics/nowhere.ts";
import type { CallArgument, Value, ValueContent, ValuePlace } from "./value.ts";

/** A value that no source has: a default, or an argument of a file in another format. */
export function madeValue<Content extends ValueContent>(content: Content): Content & ValuePlace {
  return { ...content, span: nowhere, literal: true };
}

/** A bare word as such a value: `relu`. */
export function wordValue(text: string): Value {
  return madeValue({ kind: "word", text, keyword: true, namesInScope: () => [] });
}

/** A number, a boolean or none as such a value. */
export function plainValue(plain: number | boolean | null): Value {
  if (plain === null) return madeValue({ kind: "none" });
  return typeof plain === "number"
    ? madeValue({ kind: "number", value: plain })
    : madeValue({ kind: "boolean", value: plain });
}

/** A call as such a value: `leaky_relu(negative_slope=0.1)`. */
export function callValue(
  callee: string,
  args: readonly (readonly [name: string, value: Value])[],
): Extract<Value, { readonly kind: "call" }> {
  const given = args.map(([name, value]): CallArgument => ({ name, value, span: nowhere }));
  return madeValue({ kind: "call", callee, calleeSpan: nowhere, keyword: true, args: given });
}
