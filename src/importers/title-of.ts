import { shorten } from "../files/shorten.ts";
import type { KerasConfig } from "../keras/keras-config.ts";

/** A model in messages: `the model 'encoder'`. */
export function titleOf(model: KerasConfig): string {
  return model.name === "" ? "the model" : `the model '${shorten(model.name, 60)}'`;
}
