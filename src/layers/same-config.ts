import type { ConfigValue } from "./definition.ts";

/**
 * Whether two argument values are the same: numbers by `sameNumber`, lists item by item, activations, layers and Keras'
 * objects by what they are and their arguments.
 */
export function sameConfig(
  a: ConfigValue,
  b: ConfigValue,
  sameNumber: (a: number, b: number) => boolean = (one, other) => one === other,
): boolean {
  if (typeof a === "number" && typeof b === "number") return sameNumber(a, b);
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const same = (one: ConfigValue, other: ConfigValue): boolean => sameConfig(one, other, sameNumber);
  if (isList(a) || isList(b)) {
    return isList(a) && isList(b) && a.length === b.length && a.every((item, at) => same(item, b[at] ?? null));
  }
  const [one, other] = [partsOf(a), partsOf(b)];
  return (
    a.kind === b.kind &&
    one.name === other.name &&
    one.trainable === other.trainable &&
    Object.entries(one.args).every(([name, value]) => same(value, other.args[name] ?? null))
  );
}

function partsOf(value: Exclude<ConfigValue, number | boolean | string | null | readonly ConfigValue[]>): {
  readonly name: string;
  readonly trainable?: false | undefined;
  readonly args: Readonly<Record<string, ConfigValue>>;
} {
  switch (value.kind) {
    case "activation":
      return { name: value.definition.name, args: value.args };
    case "layer":
      return { name: value.definition.className, args: value.config, trainable: value.trainable };
    default:
      return { name: value.identifier, args: value.config };
  }
}

function isList(value: ConfigValue): value is readonly ConfigValue[] {
  return Array.isArray(value);
}
