import { findActivation } from "../../activations/index.ts";

/** Names of Keras' objects by their form, and the argument of a Dense that takes each. */
const objects: readonly (readonly [form: RegExp, kind: string, argument: string])[] = [
  [
    /^(?:\w+_(?:normal|uniform)|zeros|ones|orthogonal|constant|variance_scaling)$/,
    "an initializer",
    "kernel_initializer",
  ],
  [/^(?:l1|l2|l1_l2|orthogonal_regularizer)$/, "a regularizer", "kernel_regularizer"],
  [/^(?:max_norm|min_max_norm|non_neg|unit_norm)$/, "a constraint", "kernel_constraint"],
];

/** What a word is that an argument of another kind takes: `'relu' is an activation, as in activation=relu`. */
export function helpOfOtherKind(word: string, noun: string): string | undefined {
  const isActivation = findActivation(word) !== undefined;
  const [, kind, argument] = isActivation
    ? [undefined, "an activation", "activation"]
    : (objects.find(([form]) => form.test(word)) ?? []);
  if (kind === undefined || argument === undefined || kind.endsWith(noun)) return undefined;
  return `'${word}' is ${kind}, as in ${argument}=${word}`;
}
