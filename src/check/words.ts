import { activations } from "../activations/index.ts";
import { activationParameters } from "../layers/arguments/activation.ts";
import type { ParameterSpec } from "../layers/definition.ts";
import { layers } from "../layers/index.ts";
import { constraints } from "../layers/keras-objects/constraints.ts";
import { initializers } from "../layers/keras-objects/initializers.ts";
import { regularizers } from "../layers/keras-objects/regularizers.ts";
import { objectWords } from "../layers/keras-objects/types.ts";
import { losses } from "../training/losses/index.ts";
import { metrics } from "../training/metrics/index.ts";
import { optimizers } from "../training/optimizers/index.ts";
import { schedules } from "../training/schedules/index.ts";

const objects = [...initializers, ...regularizers, ...constraints];
const training = [...optimizers, ...schedules, ...losses, ...metrics];

/** What the clause `compile` names: optimizers, schedules, losses and metrics. A file may declare these names itself. */
export const trainingWords: ReadonlySet<string> = new Set(training.flatMap(objectWords));

const parameterWords = (parameters: readonly ParameterSpec[]): readonly string[] =>
  parameters.flatMap((parameter) => parameter.type.words ?? []);

/** Every bare word an argument somewhere takes: activations, Keras objects, enumerated words such as `fan_in`. */
export const keywords: ReadonlySet<string> = new Set([
  ...layers.flatMap((layer) => parameterWords(layer.parameters)),
  ...activations.flatMap((activation) => parameterWords(activationParameters(activation))),
  ...[...objects, ...training].flatMap((object) => [...objectWords(object), ...parameterWords(object.parameters)]),
]);

/**
 * What a built-in name is, for names no file may declare again: layers, activations, Keras objects in snake case and
 * their aliases, functions. Enumerated words, class names of Keras objects and what `compile` names are free.
 */
export const builtins: ReadonlyMap<string, string> = new Map([
  ...objects.flatMap((object) =>
    [object.identifier, ...(object.aliases ?? [])].map((word) => [word, object.kind] as const),
  ),
  ...activations.flatMap(({ name, aliases }) =>
    [name, ...(aliases ?? [])].map((word) => [word, "activation"] as const),
  ),
  ...layers.map((layer) => [layer.className, "layer"] as const),
  ["floor", "function"] as const,
]);
