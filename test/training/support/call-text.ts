import type { Plain, RecordedObject } from "./keras-object.ts";

/** A recorded object as a model file writes it; class names are words of the language, too. */
export function callText({ class_name: name, args }: RecordedObject): string {
  return `${name}(${Object.entries(args)
    .map(([key, value]) => `${key}=${valueText(value)}`)
    .join(", ")})`;
}

function valueText(value: Plain): string {
  if (value === null) return "none";
  if (typeof value !== "object") return String(value);
  return "class_name" in value ? callText(value) : `[${value.map(valueText).join(", ")}]`;
}
