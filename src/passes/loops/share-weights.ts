import { termsKey } from "../../ir/index-expression.ts";
import type { Statement, Value } from "../../ir/loops.ts";
import { forEachValue, mapValues } from "../../ir/visit-statements.ts";

/**
 * In the body of each loop over inputs, a weight that several rows are multiplied by is read into a local first:
 * `const weight0 = kernel[w]`.
 */
export function shareWeights(statements: readonly Statement[]): readonly Statement[] {
  return statements.map((statement) =>
    statement.kind === "for" ? { ...statement, body: shareInList(statement.body) } : statement,
  );
}

function shareInList(statements: readonly Statement[]): readonly Statement[] {
  const counts = new Map<string, { readonly load: WeightLoad; count: number }>();
  forEachValue(statements, (value) => {
    if (!isWeightLoad(value)) return;
    const entry = counts.get(elementKey(value));
    if (entry === undefined) counts.set(elementKey(value), { load: value, count: 1 });
    else entry.count++;
  });
  const shared = [...counts].filter(([, { count }]) => count > 1);
  const names = new Map(shared.map(([key], at) => [key, `weight${at}`]));
  const replaced = mapValues(statements, (value): Value => {
    const name = isWeightLoad(value) ? names.get(elementKey(value)) : undefined;
    return name === undefined ? value : { kind: "local", name };
  });
  return [
    ...shared.map(([key, { load }]): Statement => ({ kind: "let", name: names.get(key) as string, value: load })),
    ...replaced,
  ];
}

type WeightLoad = Extract<Value, { kind: "load" }>;

function isWeightLoad(value: Value): value is WeightLoad {
  return value.kind === "load" && value.buffer.kind === "weights" && value.buffer.weight.shape.length === 2;
}

function elementKey({ buffer, index }: WeightLoad): string {
  const path = buffer.kind === "weights" ? buffer.weight.path.join("/") : "";
  return `${path} ${termsKey(index)}+${index.constant}`;
}
