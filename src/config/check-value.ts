import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { ConfigPath, ConfigText } from "./config-text.ts";
import { describeValue } from "./describe-value.ts";
import type { KeyKind } from "./keys.ts";
import { pathName } from "./path-name.ts";

export const configWrongValue = defineDiagnostic<{
  name: string;
  found: string;
  expected: string;
  suggestion: string | undefined;
}>(
  "config-wrong-value",
  "error",
  "A key of a config has a value of another kind than it takes.",
  ({ name, found, expected, suggestion }) => ({
    message: `${name} is ${found}, expected ${expected}`,
    ...(suggestion === undefined ? {} : { help: `did you mean '${suggestion}'?` }),
  }),
  () => ({
    meaning: "The key takes a value of another kind, or another word.",
    example: {
      kind: "config",
      text: '{ "target": "webassembly" }',
      arguments: {
        name: "'target'",
        found: "'webassembly'",
        expected: "'typescript', 'wasm' or 'auto'",
        suggestion: undefined,
      },
      mended: '{ "target": "wasm" }',
    },
  }),
);

/** What a key holds, and where it stands. */
export interface ConfigValue {
  readonly content: unknown;
  readonly path: ConfigPath;
  readonly text: ConfigText;
}

/** Checks the value of a key that holds no other keys. */
export function checkValue(
  value: ConfigValue,
  kind: Exclude<KeyKind, { readonly kind: "overrides" }>,
): readonly Diagnostic[] {
  switch (kind.kind) {
    case "choice":
      return checkChoice(value, kind.values);
    case "path":
      return isText(value.content) ? [] : [wrongValue(value, "a path")];
    case "switch":
      return typeof value.content === "boolean" ? [] : [wrongValue(value, "true or false")];
    case "globs":
      return checkGlobs(value);
  }
}

/** A diagnostic for a value that is not what was expected. */
export function wrongValue(
  { content, path, text }: ConfigValue,
  expected: string,
  choices: readonly string[] = [],
): Diagnostic {
  const suggestion = typeof content === "string" ? suggest(content, choices) : undefined;
  const details = { name: pathName(path), found: describeValue(content), expected, suggestion };
  return configWrongValue(text.value(path), details);
}

function checkChoice(value: ConfigValue, values: readonly string[]): readonly Diagnostic[] {
  if (typeof value.content === "string" && values.includes(value.content)) return [];
  return [wrongValue(value, alternatives(values), values)];
}

function checkGlobs(value: ConfigValue): readonly Diagnostic[] {
  const { content, path, text } = value;
  if (!Array.isArray(content)) return isText(content) ? [] : [wrongValue(value, "a glob or a list of globs")];
  if (content.length === 0) return [wrongValue(value, "at least one glob")];
  return content.flatMap((glob: unknown, at) =>
    isText(glob) ? [] : [wrongValue({ content: glob, path: [...path, at], text }, "a glob")],
  );
}

function isText(content: unknown): boolean {
  return typeof content === "string" && content !== "";
}

function alternatives(values: readonly string[]): string {
  const quoted = values.map((value) => `'${value}'`);
  return `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
}
