import type { ModelLayer } from "../../check/model.ts";
import { shorten } from "../../files/shorten.ts";
import type { WeightEntry } from "../weight-file.ts";

/** How messages call a layer of the model: `Dense 'hidden'`, `Encoder 'encoder'`. */
export function describeLayer(layer: ModelLayer): string {
  return `${layer.kind === "layer" ? layer.definition.className : layer.model.name} '${layer.name}'`;
}

/** How messages call an entry of the file: `Dense 'dense_1'`, `'hidden'`. */
export function describeEntry(entry: WeightEntry): string {
  const name = entry.name === "" ? "(without a name)" : `'${shorten(entry.name)}'`;
  return entry.keras === undefined ? name : `${shorten(entry.keras.className)} ${name}`;
}

const mostListed = 12;

/** `Dense 'a', Dense 'b'`, cut off after a dozen; "nothing" for none. */
export function listAll(descriptions: readonly string[]): string {
  if (descriptions.length === 0) return "nothing";
  const more = descriptions.length - mostListed;
  return descriptions.slice(0, mostListed).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
