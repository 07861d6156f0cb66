import type { Argument, Expression } from "../python/ast.ts";
import { convert } from "./convert.ts";
import type { CallArguments, EvaluatedArgument, Run } from "./run.ts";
import { none, unknown, type GivenArgument, type PythonValue, type Scope } from "./values.ts";

/** Evaluates the arguments of a call; lists and dicts that are spread are taken apart. */
export function evaluateArguments(args: readonly Argument[], scope: Scope, run: Run): CallArguments {
  const positional: EvaluatedArgument[] = [];
  const named = new Map<string, EvaluatedArgument>();
  let spread: EvaluatedArgument | undefined;
  for (const { name, star, value: node } of args) {
    const value = run.evaluate(node, scope);
    const argument = { node, span: node.span, value };
    if (star === undefined) {
      if (name === undefined) positional.push(argument);
      else if (named.has(name)) named.set(name, { ...argument, value: givenTwice(name, node) });
      else named.set(name, argument);
    } else if (star === "*" && (value.kind === "list" || value.kind === "tuple") && value.why === undefined) {
      positional.push(...value.items.slice(0, mostSpread).map((item) => ({ ...argument, value: item })));
    } else if (star === "**" && value.kind === "dict") {
      for (const [key, item] of value.entries) named.set(key, { ...argument, value: item });
    } else spread = argument;
  }
  return { positional, named, ...(spread === undefined ? {} : { spread }) };
}

/** No call of Keras has as many arguments. */
const mostSpread = 1000;

function givenTwice(name: string, node: Expression): PythonValue {
  return unknown({ reason: `'${name}' is given twice`, span: node.span });
}

/**
 * The arguments of a call by the names of the parameters, in the order of the call. What is not among them has a name that
 * says so, and no value.
 */
export function nameArguments(
  { positional, named, spread }: CallArguments,
  names: readonly string[],
  callee: string,
  run: Run,
): readonly GivenArgument[] {
  const given = new Map<string, GivenArgument>();
  for (const [at, argument] of positional.entries()) {
    const name = names[at];
    if (name !== undefined) given.set(name, convertArgument(name, argument, run));
    else {
      const reason = `${callee} has at most ${names.length} arguments without a name`;
      const why = { reason, span: argument.span };
      given.set(`argument ${at + 1}`, {
        name: `argument ${at + 1}`,
        span: argument.span,
        converted: { written: {}, why },
      });
      break;
    }
  }
  for (const [name, argument] of named) {
    const isTaken = given.has(name);
    const value = isTaken ? givenTwice(name, argument.node) : argument.value;
    given.set(name, convertArgument(name, { ...argument, value }, run));
  }
  if (spread !== undefined) given.set("*", convertArgument("*", spread, run));
  return [...given.values()];
}

export function convertArgument(name: string, { node, span, value }: EvaluatedArgument, run: Run): GivenArgument {
  const converted = convert(node, value, run);
  const { json, why } = converted;
  // What is spread is no value of its own.
  const missing = json === undefined || name === "*";
  if (missing && why === undefined) {
    return { name, span, converted: { written: {}, why: { reason: "it is spread into arguments", span } } };
  }
  return { name, span, converted };
}

/** An argument by its place or its name; none where it is not given. */
export function argumentOf(args: CallArguments, position: number, name: string): EvaluatedArgument | undefined {
  return args.positional[position] ?? args.named.get(name);
}

export function valueOf(args: CallArguments, position: number, name: string): PythonValue {
  return argumentOf(args, position, name)?.value ?? none;
}

/** The name that an author gives to something of Keras, if he does; an argument without a value where it has none. */
export function nameOf(args: CallArguments, position: number | undefined): string | undefined {
  const argument = args.named.get("name") ?? (position === undefined ? undefined : args.positional[position]);
  return argument?.value.kind === "string" ? argument.value.value : undefined;
}
