import { bindArguments } from "../../layers/arguments/bind.ts";
import type { ParameterSpec } from "../../layers/definition.ts";
import type { CallArgument, Value } from "../../layers/arguments/value.ts";
import { callParameters, trainableParameter } from "../../layers/trainable.ts";
import type { ConfigValue } from "../../layers/definition.ts";
import type { Argument, Parameter } from "../../syntax/ast.ts";
import type { CheckedStep } from "./checked-step.ts";
import { touches } from "./definition-at.ts";

/** An argument as written, and what it is for. */
export interface BoundArgument {
  readonly node: Argument;
  /** The name of the parameter that it gives; undefined for one that is misspelt, given twice or too many. */
  readonly parameter: string | undefined;
  /** What the layer, or the block, says of that parameter. */
  readonly spec: ParameterSpec | Parameter | undefined;
  /** What its expression comes to in this step; undefined in a statement with a syntax error. */
  readonly value: Value | undefined;
  /** The value that a layer takes it for; undefined where it is wrong or unknown, and for a block. */
  readonly checked: ConfigValue | undefined;
}

/** The arguments that are written in a step's statement, in order. */
export function argumentsOf(step: CheckedStep): readonly BoundArgument[] {
  if (step.kind === "repeat") return [];
  const written = step.statement.arguments ?? [];
  const values = step.kind === "faulty" ? [] : step.args;
  const specs = parametersOf(step);
  // Bound by their places, which every one has, also one whose value is not known.
  const args = written.map((node, at): CallArgument => values[at] ?? withoutValue(node));
  const parameters = specs.map((spec) => ({
    name: nameOf(spec),
    required: false,
    keywordOnly: "keywordOnly" in spec && spec.keywordOnly === true,
  }));
  const { byName } = bindArguments(parameters, args, { ...silent, span: step.statement.span });
  const names = new Map([...byName].map(([name, argument]) => [argument, name]));
  return written.map((node, at) => {
    const parameter = names.get(args[at] as CallArgument);
    const spec = specs.find((each) => nameOf(each) === parameter);
    const value = values[at]?.value;
    const isOfLayer = spec !== undefined && "type" in spec;
    const checked = isOfLayer && value !== undefined ? spec.type.convert(value, silentArgument) : undefined;
    return { node, parameter, spec, value, checked };
  });
}

/** The argument at an offset of the statement's file, if one is written there. */
export function argumentAt(step: CheckedStep, offset: number): BoundArgument | undefined {
  return argumentsOf(step).find(({ node }) => touches(node.span, node.span.file, offset));
}

/** What can be given to a step's statement, in order. */
export function parametersOf(step: CheckedStep): readonly (ParameterSpec | Parameter)[] {
  switch (step.kind) {
    case "layer":
      return callParameters(step.definition);
    case "faulty":
      if (step.callee === undefined) return [];
      if ("className" in step.callee) return callParameters(step.callee);
      return step.callee.kind === "block" ? step.callee.parameters : [trainableParameter];
    case "block":
      return step.declaration.parameters;
    case "nested":
      return [trainableParameter];
    case "repeat":
      return [];
  }
}

function nameOf(spec: ParameterSpec | Parameter): string {
  return typeof spec.name === "string" ? spec.name : spec.name.text;
}

function withoutValue({ name, value, span }: Argument): CallArgument {
  return {
    ...(name === undefined ? {} : { name: name.text, nameSpan: name.span }),
    value: { kind: "unknown", span: value.span, literal: false },
    span,
  };
}

const silent = { callee: "", related: [], report: () => undefined };
const silentArgument = { subject: "", related: [], report: () => undefined };
