import type { Span } from "../diagnostics/diagnostic.ts";
import type { BlockStatement } from "../python/ast.ts";
import { bind, dependOn, type CallArguments, type Run } from "./run.ts";
import { takeStatements, type Frame } from "./statements.ts";
import { none, unknown, type PythonValue, type Scope } from "./values.ts";

/** Functions that call others. */
const deepest = 20;

/**
 * What a function of the script returns: its statements are taken with the values of the call, as those of the script are. An
 * argument that is not given, and has no default, is unknown.
 */
export function callFunction(
  definition: BlockStatement,
  outer: Scope,
  args: CallArguments,
  span: Span,
  run: Run,
): PythonValue {
  const { name = "", body } = definition;
  if (run.depth >= deepest) {
    const why = { reason: `'${name}' calls itself, or others too deep`, span };
    if (run.failures.length === 0) run.failures.push(why);
    return unknown(why);
  }
  const scope: Scope = { names: new Map(), outer };
  bindParameters(definition, args, scope, span, run);
  const frame: Frame = {};
  const before = run.statement;
  run.depth++;
  takeStatements(body, scope, frame, run);
  run.depth--;
  run.statement = before;
  // What is returned was made by statements of the body.
  for (const statement of body) {
    const number = statement.kind === "return" ? run.statements.get(statement) : undefined;
    if (number !== undefined) dependOn(number, run);
  }
  return frame.returned ?? none;
}

function bindParameters(
  { name: callee = "", parameters = [] }: BlockStatement,
  { positional, named, spread }: CallArguments,
  scope: Scope,
  span: Span,
  run: Run,
): void {
  let at = 0;
  let isNamedOnly = false;
  const taken = new Set<string>();
  for (const { name, star, default: preset } of parameters) {
    if (star === "*") {
      isNamedOnly = true;
      const rest = positional.slice(at).map(({ value }) => value);
      if (name !== "") bind(name, { kind: "tuple", items: rest }, scope, run);
      continue;
    }
    if (star === "**") {
      const rest = [...named].filter(([key]) => !taken.has(key)).map(([key, { value }]) => [key, value] as const);
      bind(name, { kind: "dict", entries: new Map(rest) }, scope, run);
      continue;
    }
    if (name === "") continue;
    taken.add(name);
    const given = (isNamedOnly ? undefined : positional[at]) ?? named.get(name);
    if (!isNamedOnly) at++;
    bind(name, given?.value ?? absent(name, preset), scope, run);
  }

  function absent(name: string, preset: (typeof parameters)[number]["default"]): PythonValue {
    if (spread !== undefined) return unknown({ reason: `'${name}' of '${callee}' is spread into it`, span });
    if (preset !== undefined) return run.evaluate(preset, scope);
    return unknown({ reason: `'${name}' of '${callee}' is not given`, span });
  }
}
