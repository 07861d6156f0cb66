import type { Activation } from "../activations/definition.ts";
import { linear } from "../activations/linear.ts";
import { wordValue } from "./arguments/made-value.ts";
import type { ArgumentType, ConfigValue } from "./definition.ts";

/** Keras' default activation. */
export const linearActivation: Activation = { kind: "activation", definition: linear, args: {} };

/** The value a bare word has for an argument type, for defaults such as `glorot_uniform`. Throws for a wrong word. */
export function objectOf<Result extends ConfigValue>(type: ArgumentType<Result>, word: string): Result {
  const value = type.convert(wordValue(word), {
    subject: word,
    related: [],
    report: (diagnostic) => {
      throw new Error(diagnostic.message);
    },
  });
  if (value === undefined) throw new Error(`'${word}' is not ${type.expected}`);
  return value;
}
