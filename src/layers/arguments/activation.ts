import type { Activation, ActivationDefinition, ActivationParameter } from "../../activations/definition.ts";
import { activations, findActivation } from "../../activations/index.ts";
import type { ArgumentType, ParameterSpec } from "../definition.ts";
import { axesFromFront } from "../axis.ts";
import { boolean, optional } from "./basic.ts";
import { readArguments } from "./config.ts";
import { readKeyword, type KeywordSet } from "./keyword.ts";
import { integer, integerFrom, nonZeroNumber, number, numberFrom } from "./numbers.ts";

const expected = "an activation such as relu";

const set: KeywordSet = {
  noun: "activation",
  expected,
  words: activations.map((activation) => activation.name),
  has: (word) => findActivation(word) !== undefined,
};

/** An activation by its name, `relu`, or with arguments, `leaky_relu(negative_slope=0.1)`. `none` is `linear`, as in Keras. */
export const activation: ArgumentType<Activation> = {
  expected,
  words: activations.flatMap(({ name, aliases }) => [name, ...(aliases ?? [])]),
  offered: set.words,
  convert(value, site) {
    const word = value.kind === "none" ? "linear" : readKeyword(value, set, { ...site, takesNone: true });
    const definition = word === undefined ? undefined : findActivation(word);
    if (definition === undefined) return undefined;
    const { values, valid } = readArguments(activationParameters(definition), value.kind === "call" ? value.args : [], {
      callee: definition.name,
      span: value.span,
      related: site.related,
      report: site.report,
    });
    if (!valid) return undefined;
    return { kind: "activation", definition, args: values as Record<string, number | boolean | null> };
  },
};

/** The parameters of an activation as a layer's are described. */
export function activationParameters(definition: ActivationDefinition): readonly ParameterSpec[] {
  return definition.parameters.map((parameter) => ({
    name: parameter.name,
    type: parameter.optional === true ? optional(baseType(parameter)) : baseType(parameter),
    ...(parameter.default === undefined ? {} : { default: parameter.default }),
    doc: parameter.doc,
    ...(parameter.axis === true ? { normalize: axesFromFront } : {}),
  }));
}

function baseType({ type, minimum, nonZero }: ActivationParameter): ArgumentType<number | boolean> {
  switch (type) {
    case "boolean":
      return boolean;
    case "integer":
      return minimum === undefined ? integer : integerFrom(minimum);
    case "number":
      if (nonZero === true) return nonZeroNumber;
      return minimum === undefined ? number : numberFrom(minimum);
  }
}
