import { objectWords } from "../layers/keras-objects/types.ts";
import type { KerasObjectDefinition } from "../layers/keras-objects/definition.ts";
import { toSnakeCase } from "../layers/snake-case.ts";

/** Names that Keras gives to metrics, and that are none of their words. */
const others: ReadonlySet<string> = new Set(["acc", "kullback_leibler_divergence", "logcosh"]);

/** Whether a metric has the name that Keras gives it by itself; a second one has a number behind it: `auc_1`. */
export function isUsualName(name: string, definition: KerasObjectDefinition): boolean {
  const base = name.replace(/_\d+$/, "");
  const words = objectWords(definition).flatMap((word) => [word, word.toLowerCase(), toSnakeCase(word)]);
  return [name, base].some((one) => others.has(one) || words.includes(one));
}
