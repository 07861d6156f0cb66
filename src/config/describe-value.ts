/** A value in a message about it: `'wasn'`, `the number 3`, `a list`. Texts are cut where they get long. */
export function describeValue(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value === "" ? "an empty text" : `'${value.length > 60 ? `${value.slice(0, 60)}…` : value}'`;
    case "number":
    case "bigint":
      return `the number ${String(value)}`;
    case "boolean":
      return String(value);
    case "undefined":
      return "undefined";
    case "function":
      return "a function";
    case "symbol":
      return "a symbol";
    case "object":
      if (value === null) return "null";
      if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
      return "an object";
  }
}
