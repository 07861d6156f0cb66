import {
  nestingProblem,
  nestsTooDeep,
  parseAnyJson,
  stringEnd,
  type JsonObject,
  type JsonValue,
} from "../json/parse-any-json.ts";
import { maxJsonBytes } from "./limits.ts";
import { fail } from "./read-failure.ts";

export type { JsonObject, JsonValue };

/**
 * Parses JSON of a weight file, also with the `NaN`, `Infinity` and `-Infinity` that Python writes. `what` names it in
 * messages ("config.json"). Fails on duplicate keys, and on lists and objects too deep inside each other.
 */
export function parseJson(source: Uint8Array | string, what: string): JsonValue {
  if (source.length > maxJsonBytes) fail("too-large", `${what} has more than ${maxJsonBytes} bytes`);
  let text: string;
  let value: JsonValue;
  try {
    text = typeof source === "string" ? source : new TextDecoder("utf-8", { fatal: true }).decode(source);
  } catch {
    return fail("damaged", `${what} is not UTF-8 text`);
  }
  if (nestsTooDeep(text)) fail("too-large", `${what} ${nestingProblem}`);
  try {
    // Only what is no JSON can have such numbers, so that JSON costs nothing more.
    if (pythonNumber.test(text) && parseAnyJson(text) === undefined) {
      const unlike = markerFor(text);
      text = text.replace(stringOrPythonNumber, (found, number: string | undefined) => {
        if (number === undefined) return found;
        return number === "NaN" ? JSON.stringify(unlike) : ` ${number.replace("Infinity", "1e999")} `;
      });
      value = JSON.parse(text, (_key, item: JsonValue) => (item === unlike ? Number.NaN : item)) as JsonValue;
    } else {
      value = JSON.parse(text) as JsonValue;
    }
  } catch {
    return fail("damaged", `${what} is not valid JSON`);
  }
  const duplicate = findDuplicateKey(text);
  if (duplicate !== undefined) fail("damaged", `${what} has the key ${JSON.stringify(duplicate)} twice`);
  return value;
}

const pythonNumber = /NaN|Infinity/;

/** A string, to be passed over (one that does not end goes to the end), or a number that JSON lacks. */
const stringOrPythonNumber = /"[^"\\]*(?:\\[^][^"\\]*)*(?:"|\\?$)|(-?Infinity|NaN)/g;

/** A text that does not occur in another. */
function markerFor(text: string): string {
  let marker = "NaN";
  while (text.includes(marker)) marker += "_";
  return marker;
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
      const end = stringEnd(text, index) + 1;
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

function isKey(text: string, index: number): boolean {
  while (" \t\n\r".includes(text[index] as string)) index++;
  return text[index] === ":";
}
