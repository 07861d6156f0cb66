import type { InfoObject, InfoValue } from "../../ir/info-value.ts";
import { code, join, quoted, trustedText, type Code } from "./code.ts";
import { float64Literal } from "./numbers.ts";

/** A plain object as an expression, with more properties behind its own. */
export function infoExpression(value: InfoObject, more: readonly Code[]): Code {
  return render(
    value,
    (key, item) => code`${key}: ${item}`,
    (items) => code`[${join(items, ", ")}]`,
    ", ",
    more,
  );
}

/** The type of the same value as `as const` has it, for a declaration file. */
export function infoType(value: InfoObject, more: readonly Code[]): Code {
  return render(
    value,
    (key, item) => code`readonly ${key}: ${item}`,
    (items) => code`readonly [${join(items, ", ")}]`,
    "; ",
    more,
  );
}

function render(
  value: InfoObject,
  entry: (key: Code, item: Code) => Code,
  list: (items: readonly Code[]) => Code,
  separator: ", " | "; ",
  more: readonly Code[],
): Code {
  const visit = (item: InfoValue): Code => {
    if (typeof item === "string") return quoted(item);
    if (typeof item === "number") return trustedText(float64Literal(item));
    if (typeof item === "boolean" || item === null) return trustedText(String(item));
    if (!("kind" in item)) return list(item.map(visit));
    const own = item.entries.map(([key, inner]) => entry(propertyKey(key), visit(inner)));
    const entries = item === value ? [...own, ...more] : own;
    return code`{ ${join(entries, separator)} }`;
  };
  return visit(value);
}

/** A property name in an object or a type. `__proto__` must be computed, or it would set the prototype. */
export function propertyKey(name: string): Code {
  if (name === "__proto__") return code`[${quoted(name)}]`;
  return isIdentifierName(name) ? trustedText(name) : quoted(name);
}

/** `?.hidden` or `?.["dense-1"]` */
export function optionalAccess(name: string): Code {
  return isIdentifierName(name) ? code`?.${trustedText(name)}` : code`?.[${quoted(name)}]`;
}

function isIdentifierName(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}
