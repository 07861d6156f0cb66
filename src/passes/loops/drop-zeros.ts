import type { Statement, Value } from "../../ir/loops.ts";

/** Takes out what is added to a sum and is a product with the number 0: such a product is 0 for every finite number. */
export function dropZeros(statements: readonly Statement[]): readonly Statement[] {
  return statements.flatMap((statement): readonly Statement[] => {
    if (statement.kind === "for") return [{ ...statement, body: dropZeros(statement.body) }];
    return statement.kind === "add" && isZeroProduct(statement.value) ? [] : [statement];
  });
}

function isZeroProduct(value: Value): boolean {
  return value.kind === "binary" && value.operator === "mul" && (isZero(value.left) || isZero(value.right));
}

function isZero(value: Value): boolean {
  return value.kind === "const" && value.value === 0;
}
