import { usedNames } from "../check/used-names.ts";
import { expressionNames } from "../check/walk.ts";
import { nowhere } from "../diagnostics/nowhere.ts";
import type { NamedConstant } from "../keras-scripts/read-script.ts";
import { builtins, keywords } from "../check/words.ts";
import type { Declaration, Expression } from "../syntax/ast.ts";
import { formulaExpression } from "./formula-expression.ts";
import { listNode, nameNode, numberNode } from "./syntax.ts";

type Constants = ReadonlyMap<string, NamedConstant>;

/** Words that are values of the language. */
const words: ReadonlySet<string> = new Set(["true", "false", "none"]);

/** The constants of a script that a file can declare under their own names, beside what is called `taken`. */
export function declarableConstants(constants: Constants, taken: readonly string[]): Constants {
  const others = [words, builtins, keywords, new Set(taken)];
  const isFree = (name: string): boolean => /^[A-Za-z_]\w*$/.test(name) && !others.some((names) => names.has(name));
  return new Map([...constants].filter(([name]) => isFree(name)));
}

/** A `let` for each constant that declarations use, also by way of another, in the order of the script. */
export function usedConstants(declarations: readonly Declaration[], constants: Constants): readonly Declaration[] {
  const used = new Set(usedNames(declarations));
  const values = new Map<string, Expression>();
  // A set is gone through to what is added meanwhile.
  for (const name of used) {
    const constant = constants.get(name);
    if (constant === undefined) continue;
    const value = constantExpression(constant, constants);
    values.set(name, value);
    for (const inner of expressionNames([value])) used.add(inner);
  }
  return [...constants.keys()].flatMap((name): readonly Declaration[] => {
    const value = values.get(name);
    return value === undefined ? [] : [{ kind: "let", name: nameNode(name), value, span: nowhere }];
  });
}

function constantExpression({ json, written }: NamedConstant, constants: Constants): Expression {
  const number = (value: number, { formula }: NamedConstant["written"] = {}): Expression =>
    formula === undefined ? numberNode(value) : formulaExpression(formula, constants);
  if (typeof json === "number") return number(json, written);
  return listNode(json.map((value, at) => number(value, written.items?.[at])));
}
