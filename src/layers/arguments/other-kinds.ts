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
  [/^(?:sgd|rmsprop|adam|adamw|adagrad|adadelta|adamax|nadam|ftrl|lion|lamb)$/, "an optimizer", "optimizer"],
  [/^\w+_decay(?:_restarts)?$/, "a learning-rate schedule", "learning_rate"],
  [/^(?:\w+_(?:crossentropy|hinge)|mean_\w+_error|mse|mae|mape|msle|huber|log_cosh|hinge)$/, "a loss", "loss"],
  [
    /^(?:(?:\w+_)?accuracy|acc|auc|precision|recall|\w+_score|(?:true|false)_(?:posi|nega)tives|rmse)$/,
    "a metric",
    "metrics",
  ],
];

/** What a word is that an argument of another kind takes: `'relu' is an activation, as in activation=relu`. */
export function helpOfOtherKind(word: string, noun: string): string | undefined {
  const isActivation = findActivation(word) !== undefined;
  const [, kind, argument] = isActivation
    ? [undefined, "an activation", "activation"]
    : (objects.find(([form]) => form.test(word)) ?? []);
  if (kind === undefined || argument === undefined || kind.endsWith(noun)) return undefined;
  return `'${word}' is ${kind}, as in ${argument}=${argument === "metrics" ? `[${word}]` : word}`;
}
