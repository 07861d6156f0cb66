import { fail } from "../../files/read-failure.ts";
import { shorten } from "../../files/shorten.ts";
import type { KerasConfig } from "../../keras/keras-config.ts";

/** More names would hide what is said of them. */
const mostNames = 6;

/** Leaves with what a file holds that its model does not have. The file is whole: its two parts are of different models. */
export function failForArraysOfNoLayer(group: string, { layers = [] }: KerasConfig): never {
  const names = layers.slice(0, mostNames).map(({ name }) => `'${shorten(name, 60)}'`);
  const all =
    layers.length > mostNames ? `${names.join(", ")} and ${layers.length - mostNames} more` : names.join(", ");
  const has = layers.length === 0 ? "which has no layers" : `which has ${all}`;
  return fail(
    "unsupported",
    `its arrays in '${shorten(group, 60)}' belong to no layer of its configuration, ${has}: they are of another model. ` +
      'Save the model they are of as a whole, with model.save("model.keras"), or give its own configuration with them: ' +
      "layerc import architecture.json --weights model.weights.h5",
  );
}
