import type { Value, ValueContent } from "../../layers/arguments/value.ts";

/** What an expression comes to, as a model file would write it: `25600`, `[10, time]`, `he_normal(seed=7)`. */
export function writeValue(value: Value | ValueContent): string {
  switch (value.kind) {
    case "number":
    case "boolean":
      return String(value.value);
    case "string":
      return JSON.stringify(value.value);
    case "none":
      return "none";
    case "dim":
      return value.name;
    case "list": {
      const shown = value.items.slice(0, mostItems).map(writeValue);
      return `[${[...shown, ...(value.items.length > mostItems ? ["..."] : [])].join(", ")}]`;
    }
    case "word":
      return value.text;
    case "call": {
      const args = value.args.map(
        ({ name, value: inner }) => `${name === undefined ? "" : `${name}=`}${writeValue(inner)}`,
      );
      return `${value.callee}(${args.join(", ")})`;
    }
    case "unknown":
      return "?";
  }
}

const mostItems = 32;
