import type { CodeOrigin } from "../code-origin.ts";
import { commentText } from "./comment-text.ts";

/**
 * Generated code as a value. A template takes code, identifiers and numbers only: a plain string does not type-check, so
 * no text of a user's file can become code except through `quoted`, or a comment except through `commentText`.
 */
export interface Code {
  readonly kind: "code";
  readonly parts: readonly Part[];
}

/** Codes nest instead of being copied, or a module would be copied once for each of its levels. */
type Part =
  | string
  | Code
  | { readonly kind: "types"; readonly parts: readonly Part[] }
  | { readonly kind: "export" }
  | { readonly kind: "origin"; readonly origin: CodeOrigin | undefined };

/** A name that is safe to print: letters, digits, `_` and `$`, not a reserved word. */
export interface Identifier {
  readonly kind: "identifier";
  readonly text: string;
}

type Interpolation = Code | Identifier | number | readonly Code[];

/** Code of both outputs, TypeScript and JavaScript. */
export function code(strings: TemplateStringsArray, ...values: readonly Interpolation[]): Code {
  return { kind: "code", parts: assemble(strings, values) };
}

/** What only TypeScript has: annotations, interfaces, `!`, `as const`. */
export function types(strings: TemplateStringsArray, ...values: readonly Interpolation[]): Code {
  return { kind: "code", parts: [{ kind: "types", parts: assemble(strings, values) }] };
}

/** Code at the top level of a module with where it comes from; `undefined` for what serves all models. */
export function from(origin: CodeOrigin | undefined, value: Code): Code {
  return { kind: "code", parts: [{ kind: "origin", origin }, value] };
}

/** Stands before a declaration that a module exports; CommonJS assigns to `exports` instead. */
export const exported: Code = { kind: "code", parts: [{ kind: "export" }] };

export const empty: Code = { kind: "code", parts: [] };

export function identifier(text: string): Identifier {
  if (!/^[A-Za-z_$][\w$]*$/.test(text)) throw new Error(`'${text}' is no identifier`);
  return { kind: "identifier", text };
}

/**
 * A string literal with any content; line separators, marks that turn the direction of text, `</` and `<!` are escaped too, so
 * that it survives every context and reads as it runs, and the sign by which tools find source maps, in strings too.
 */
export function quoted(text: string): Code {
  const escaped = JSON.stringify(text).replace(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|<(?=[/!])|[#@](?=\s*source(?:Mapping)?URL)/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return { kind: "code", parts: [escaped] };
}

/** A documentation comment; text that would end it, or that tools obey, is defused. */
export function docComment(lines: readonly string[]): Code {
  const safe = lines.map(commentText);
  const [first = ""] = safe;
  const parts =
    safe.length <= 1 ? [`/** ${first} */`] : ["/**", ...safe.map((line) => (line === "" ? " *" : ` * ${line}`)), " */"];
  return { kind: "code", parts: [`${parts.join("\n")}\n`] };
}

/** Line comments, one a line. */
export function lineComments(lines: readonly string[]): Code {
  const safe = lines.map((line) => (line === "" ? "//\n" : `// ${commentText(line)}\n`));
  return { kind: "code", parts: safe };
}

export function join(codes: readonly Code[], separator: ", " | "\n" | "\n\n" | "" | " + " | " && " | "; "): Code {
  return { kind: "code", parts: codes.flatMap((item, at) => (at === 0 ? [item] : [separator, item])) };
}

/** Text printed by this target from numbers and identifiers alone; the name says what a reviewer has to check. */
export function trustedText(text: string): Code {
  return { kind: "code", parts: [text] };
}

/** The text of code; `cjs` is JavaScript without `export`. `mark` gives what stands at the start of code with an origin; without it, nothing does. */
export function render(
  value: Code,
  output: "ts" | "js" | "cjs",
  mark: (origin: CodeOrigin | undefined) => string = noMark,
): string {
  let text = "";
  const add = (part: Part): void => {
    if (typeof part === "string") text += part;
    else if (part.kind === "origin") text += mark(part.origin);
    else if (part.kind === "export") text += output === "cjs" ? "" : "export ";
    else if (part.kind === "code" || output === "ts") part.parts.forEach(add);
  };
  add(value);
  return text;
}

function noMark(): string {
  return "";
}

function assemble(strings: TemplateStringsArray, values: readonly Interpolation[]): readonly Part[] {
  const parts: Part[] = [];
  strings.forEach((text, at) => {
    const value = values[at];
    if (text !== "") parts.push(text);
    if (value !== undefined) parts.push(interpolated(value));
  });
  return parts;
}

function interpolated(value: Interpolation): Part {
  if (typeof value === "number") return String(value);
  if ("kind" in value) return value.kind === "identifier" ? value.text : value;
  return { kind: "code", parts: value };
}
