import type { ConfigValue } from "../definition.ts";
import type { ArgumentType } from "./parameter.ts";
import { reportWrongType } from "./wrong-type.ts";

/** `true` or `false`. */
export const boolean: ArgumentType = {
  expected: "true or false",
  convert(value, site) {
    return value.kind === "boolean" ? value.value : reportWrongType(value, "true or false", site);
  },
};

/** `none`, or what `type` takes. */
export function optional(type: ArgumentType): ArgumentType {
  return {
    ...type,
    expected: `${type.expected} or none`,
    convert(value, site) {
      return value.kind === "none" ? null : type.convert(value, site);
    },
  };
}

/** A list of what `type` takes. */
export function listOf(type: ArgumentType, expected: string): ArgumentType {
  return {
    expected,
    convert(value, site) {
      if (value.kind !== "list") return reportWrongType(value, expected, site);
      const items: ConfigValue[] = [];
      for (const [index, item] of value.items.entries()) {
        const converted = type.convert(item, { ...site, subject: `Element ${index} of ${site.subject}` });
        if (converted !== undefined) items.push(converted);
      }
      return items.length === value.items.length ? items : undefined;
    },
  };
}

/** What `list` takes where the value is one, else what `single` takes. */
export function listOr(list: ArgumentType, single: ArgumentType): ArgumentType {
  const expected = `${single.expected} or ${list.expected}`;
  return {
    expected,
    convert(value, site) {
      if (value.kind === "list") return list.convert(value, site);
      if (value.kind === "number") return single.convert(value, site);
      return reportWrongType(value, expected, site);
    },
  };
}

/** A run-time dim, kept as its name, or what `type` takes. */
export function dimOr(type: ArgumentType): ArgumentType {
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
