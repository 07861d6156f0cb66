import type { PartWithout } from "../check/unsupported-help.ts";
import type { ChainPart } from "../keras/chain-to.ts";
import { isInput, layersFor, type KerasConfig } from "../keras/keras-config.ts";
import { readLayer } from "../keras/read-layer.ts";

/** What to do about a model that is no chain, of which `part` is one. */
export function helpOfBranched(part: ChainPart | undefined, isScript = false): string {
  if (part !== undefined && isScript) {
    return part.fromInput
      ? `take the part that is a chain with --output ${quoted(part.last)}`
      : "write the part that is a chain as keras.Sequential([...])";
  }
  if (part === undefined) return "in Keras, make a Sequential of the part that is a chain, and save that";
  const line = savedPart(part);
  return part.fromInput
    ? `take the part that is a chain with --output ${quoted(part.last)}, or save it in Keras: ${line}`
    : `save the part that is a chain in Keras: ${line}`;
}

/** How one has a part of a chain whose layers can all be imported. */
export function howToHavePart(model: KerasConfig): PartWithout {
  const layers = (model.layers ?? []).filter((layer) => !isInput(layer));
  const wrong = layers.map(
    (layer) => layer.layers === undefined && layersFor(layer).some((one) => readLayer(one).kind === "unknown"),
  );
  const behind = layers.slice(wrong.lastIndexOf(true) + 1);
  const front = layers.slice(0, wrong.indexOf(true));
  const fromInput = behind.length === 0;
  const [first, last] = [(fromInput ? front : behind).at(0)?.name, (fromInput ? front : behind).at(-1)?.name];
  if (first === undefined || last === undefined) return {};
  return fromInput
    ? { front: `--output ${quoted(last)} takes the part in front` }
    : { behind: savedPart({ first, last }) };
}

/** The one line of Keras that saves a part of a model. */
function savedPart({ first, last }: Pick<ChainPart, "first" | "last">): string {
  const layer = (name: string): string => `model.get_layer(${JSON.stringify(name)})`;
  return `keras.Model(${layer(first)}.input, ${layer(last)}.output).save("part.keras")`;
}

/** A name as a shell takes it. */
function quoted(name: string): string {
  return /^[\w./:@-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`;
}
