import type { Value } from "../../layers/arguments/value.ts";
import type { Argument, Expression, LetDeclaration } from "../../syntax/ast.ts";
import type { Damage } from "../damage.ts";
import type { FileScope } from "../scope.ts";
import { expressionNames } from "../walk.ts";

/** What the names in an expression stood for. */
export type Meanings = readonly (readonly [name: string, meaning: unknown])[];

/** What names are looked up in. */
interface Names {
  readonly file: FileScope;
  /** Of the block whose body it is: what depends on one of them depends on the call. */
  readonly parameters?: ReadonlyMap<string, Value>;
}

/** What has been worked out of names so far. */
interface Known {
  readonly lets: ReadonlyMap<LetDeclaration, Value>;
  readonly damage: Damage;
}

/** Whether names stand for what they did. */
export function stillMean(meanings: Meanings, names: Names, known: Known): boolean {
  for (const [name, meaning] of meanings) {
    if (names.parameters?.has(name) === true || meaningOf(name, names, known) !== meaning) return false;
  }
  return true;
}

/** What the names in expressions stand for; undefined where one is a parameter. */
export function meaningsOf(expressions: readonly Expression[], names: Names, known: Known): Meanings | undefined {
  const used = [...expressionNames(expressions)];
  if (used.some((name) => names.parameters?.has(name) === true)) return undefined;
  return used.map((name) => [name, meaningOf(name, names, known)]);
}

/** A let is what it is worth, whatever else changes in its file. */
function meaningOf(name: string, { file }: Names, { lets, damage }: Known): unknown {
  const entity = file.entities.get(name);
  switch (entity?.kind) {
    case undefined:
      return damage.mayDeclare(file.file, name) ? "damaged" : undefined;
    case "lost":
      return "lost";
    case "let":
      return lets.get(entity.declaration);
    case "dim":
    case "block":
    case "model":
      return entity.declaration;
  }
}

export function expressionsOf(args: readonly Argument[]): readonly Expression[] {
  return args.map(({ value }) => value);
}
