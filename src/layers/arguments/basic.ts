import type { ArgumentType, ConfigValue } from "../definition.ts";
import { reportWrongType } from "./wrong-type.ts";

/** `true` or `false`. */
export const boolean: ArgumentType<boolean> = {
  expected: "true or false",
  offered: ["true", "false"],
  convert(value, site) {
    return value.kind === "boolean" ? value.value : reportWrongType(value, "true or false", site);
  },
};

/** `none`, or what `type` takes. */
export function optional<Result extends ConfigValue>(type: ArgumentType<Result>): ArgumentType<Result | null> {
  return {
    ...type,
    expected: `${type.expected} or none`,
    offered: [...(type.offered ?? []), "none"],
    convert(value, site) {
      return value.kind === "none" ? null : type.convert(value, { ...site, takesNone: true });
    },
  };
}

/** A list of what `type` takes. */
export function listOf<Item extends ConfigValue>(
  type: ArgumentType<Item>,
  expected: string,
): ArgumentType<readonly Item[]> {
  return {
    expected,
    item: type,
    convert(value, site) {
      if (value.kind !== "list") return reportWrongType(value, expected, site);
      const items: Item[] = [];
      for (const [index, item] of value.items.entries()) {
        const converted = type.convert(item, {
          ...site,
          subject: `Element ${index} of ${site.subject}`,
          preset: undefined,
        });
        if (converted !== undefined) items.push(converted);
      }
      return items.length === value.items.length ? items : undefined;
    },
  };
}

/** A list of at least one of what `type` takes. */
export function someOf<Item extends ConfigValue>(
  type: ArgumentType<Item>,
  expected: string,
): ArgumentType<readonly Item[]> {
  const list = listOf(type, expected);
  return {
    expected,
    convert: (value, site) =>
      value.kind === "list" && value.items.length === 0
        ? reportWrongType(value, expected, site)
        : list.convert(value, site),
  };
}

/** What `list` takes where the value is one, else what `single` takes. */
export function listOr<List extends ConfigValue, Single extends ConfigValue>(
  list: ArgumentType<List>,
  single: ArgumentType<Single>,
): ArgumentType<List | Single> {
  const expected = `${single.expected} or ${list.expected}`;
  return {
    expected,
    ...(list.item === undefined ? {} : { item: list.item }),
    convert(value, site) {
      if (value.kind === "list") return list.convert(value, site);
      if (value.kind === "number") return single.convert(value, site);
      return reportWrongType(value, expected, site);
    },
  };
}

/** A run-time dim, kept as its name, or what `type` takes. */
export function dimOr<Result extends ConfigValue>(type: ArgumentType<Result>): ArgumentType<Result | string> {
  const expected = `${type.expected} or a dim`;
  return {
    expected,
    convert(value, site) {
      if (value.kind === "dim") return value.name;
      if (value.kind === "number") return type.convert(value, site);
      return reportWrongType(value, expected, site);
    },
  };
}
