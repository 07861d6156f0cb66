/** Lists and objects of a JSON text, one inside the other. Keras needs four for a model inside a model. */
const maxJsonDepth = 500;

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** The value of a text that need not be JSON, nor shallow: undefined then. Of keys that repeat the last one counts. */
export function parseAnyJson(text: string): JsonValue | undefined {
  if (nestsTooDeep(text)) return undefined;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/**
 * Whether lists and objects of a JSON text nest deeper than any reader of ours goes; the text need not be valid, and may
 * have comments. Asked before it is parsed: parsers, and all that goes through what they give, call themselves for each
 * level.
 */
export function nestsTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case "[":
      case "{":
        if (++depth > maxJsonDepth) return true;
        break;
      case "]":
      case "}":
        depth--;
        break;
      case '"':
        at = stringEnd(text, at);
        break;
      case "/":
        at = commentEnd(text, at);
        break;
    }
  }
  return false;
}

/** What to say of such a text, after its name. */
export const nestingProblem = `nests lists and objects deeper than ${maxJsonDepth}`;

/** The place of the quote that ends a string, or the end of a text that lacks it. */
export function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

/** The last place of a comment, or `start` where there is none. */
function commentEnd(text: string, start: number): number {
  const mark = text[start + 1];
  if (mark !== "/" && mark !== "*") return start;
  const end = text.indexOf(mark === "/" ? "\n" : "*/", start + 2);
  return end < 0 ? text.length : end + (mark === "/" ? 0 : 1);
}
