import { maxJsonBytes } from "./limits.ts";
import { fail } from "./read-failure.ts";
import type { JsonObject, JsonValue } from "./weight-file.ts";

/** Parses JSON of a weight file. `what` names it in messages ("config.json"). Fails on duplicate keys. */
export function parseJson(source: Uint8Array | string, what: string): JsonValue {
  if (source.length > maxJsonBytes) fail("too-large", `${what} has more than ${maxJsonBytes} bytes`);
  let text: string;
  let value: JsonValue;
  try {
    text = typeof source === "string" ? source : new TextDecoder("utf-8", { fatal: true }).decode(source);
    value = JSON.parse(text) as JsonValue;
  } catch {
    return fail("damaged", `${what} is not valid JSON`);
  }
  const duplicate = findDuplicateKey(text);
  if (duplicate !== undefined) fail("damaged", `${what} has the key ${JSON.stringify(duplicate)} twice`);
  return value;
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A key of an untrusted object: never anything inherited (`constructor`). */
export function ownValue(object: JsonObject | undefined, key: string): JsonValue | undefined {
  return object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;
}

export function ownString(object: JsonObject | undefined, key: string): string | undefined {
  const value = ownValue(object, key);
  return typeof value === "string" ? value : undefined;
}

/** `JSON.parse` keeps the last of two equal keys silently; `text` is known to be valid JSON. */
function findDuplicateKey(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  let index = 0;
  while (index < text.length) {
    const character = text[index];
    if (character === "{") open.push(new Set());
    else if (character === "[") open.push(undefined);
    else if (character === "}" || character === "]") open.pop();
    else if (character === '"') {
      const end = stringEnd(text, index);
      const keys = open.at(-1);
      if (keys !== undefined && isKey(text, end)) {
        const key = JSON.parse(text.slice(index, end)) as string;
        if (keys.has(key)) return key;
        keys.add(key);
      }
      index = end;
      continue;
    }
    index++;
  }
  return undefined;
}

function stringEnd(text: string, start: number): number {
  let index = start + 1;
  while (text[index] !== '"') index += text[index] === "\\" ? 2 : 1;
  return index + 1;
}

function isKey(text: string, index: number): boolean {
  while (" \t\n\r".includes(text[index] as string)) index++;
  return text[index] === ":";
}
