import type { LayerConfig } from "../../layers/definition.ts";

/** Arguments that act only in training, show in the arrays (units, use_bias), or are compared as a step (activation). */
const otherwiseCovered = new RegExp(
  `^(${[
    "name|trainable|dtype|autocast|units|use_bias|scale|center|input_dim|output_dim|weights|activation",
    "momentum|rate|stddev|seed|noise_shape|l1|l2|lora_rank|lora_alpha|synchronized|renorm|renorm_clipping|renorm_momentum",
    ".*_(initializer|regularizer|constraint)",
  ].join("|")})$`,
);

/** Whether an argument has a part in the forward result that is compared nowhere else. */
export function actsForward(name: string): boolean {
  return !otherwiseCovered.test(name);
}

/** Whether an argument of the model's layer and that of the file's configuration mean the same, for an input of that rank. */
export function sameArgument(name: string, ours: unknown, theirs: unknown, inputRank: number): boolean {
  switch (name) {
    // Keras writes one axis as a number or a list of one, and those of some layers counted from the start.
    case "axis":
    case "shared_axes":
      return sameValue(axisList(ours, inputRank), axisList(theirs, inputRank));
    case "data_format":
      return (ours ?? "channels_last") === (theirs ?? "channels_last");
    // Keras replaces -1, each channel a group, by the number of channels when it builds the layer.
    case "groups":
      return ours === -1 || theirs === -1 || sameValue(ours, theirs);
    case "layer":
      return sameLayer(ours, theirs, inputRank - 1);
    default:
      return sameValue(ours, theirs);
  }
}

/** A wrapped layer of the model, and the `{ class_name, config }` of the file; activations are compared as steps. */
function sameLayer(ours: unknown, theirs: unknown, inputRank: number): boolean {
  if (!isRecord(ours) || !isRecord(theirs)) return false;
  const { definition, config } = ours as { definition: { className: string }; config: LayerConfig };
  if (own(theirs, "class_name") !== definition.className) return false;
  const other = own(theirs, "config");
  if (!isRecord(other)) return true;
  return Object.entries(config).every(([name, value]) => {
    const found = own(other, name);
    return !actsForward(name) || found === undefined || sameArgument(name, value, found, inputRank);
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function own(record: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function axisList(value: unknown, rank: number): readonly unknown[] {
  const list: readonly unknown[] = value === null || value === undefined ? [] : Array.isArray(value) ? value : [value];
  const resolved = list.map((axis) => (typeof axis === "number" && axis < 0 ? axis + rank + 1 : axis));
  return resolved.sort((a, b) => Number(a) - Number(b));
}

/** Equal as float32, which is what the arithmetic of Keras uses; lists element by element. */
function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a === "number" && typeof b === "number") return Math.fround(a) === Math.fround(b);
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  return a === b;
}
