import { getNodeValue, parseTree, printParseErrorCode, type ParseError } from "jsonc-parser";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Checked } from "../diagnostics/diagnostic.ts";
import { nestingProblem, nestsTooDeep } from "../json/parse-any-json.ts";

export const configSyntax = defineDiagnostic<{ problem: string }>(
  "config-syntax",
  "error",
  "A JSON file with a config is no valid JSON.",
  ({ problem }) => ({ message: problem, label: "here" }),
  () => ({
    meaning:
      "The config is a JSON file, in which comments and commas at the end are allowed, and something in it is no JSON.",
    example: {
      kind: "config",
      text: '{ "include": ["models/*.layers" }',
      arguments: { problem: "Found no ',' between two entries" },
      mended: '{ "include": ["models/*.layers"] }',
    },
  }),
);

/**
 * Reads the JSON of a config. Comments and trailing commas are fine in `layerc.config.json`, as in a tsconfig.json; in a
 * package.json (`strict`) they are errors, as for npm. Objects have own keys only, whatever these are called: `__proto__` is
 * a key like others.
 */
export function parseJsonConfig(file: string, text: string, strict: boolean): Checked<unknown> {
  if (nestsTooDeep(text)) {
    return {
      value: undefined,
      diagnostics: [configSyntax({ file, start: 0, end: 1 }, { problem: `This ${nestingProblem}` })],
    };
  }
  const errors: ParseError[] = [];
  // Not `parse`: it would set an object's prototype where the key is `__proto__`.
  const root = parseTree(text, errors, { allowTrailingComma: !strict, disallowComments: strict });
  const value: unknown = root === undefined ? undefined : getNodeValue(root);
  // What follows the first error is often its consequence.
  const [first] = errors;
  if (first === undefined) return { value, diagnostics: [] };
  const span = { file, start: first.offset, end: first.offset + first.length };
  const problem = problems[printParseErrorCode(first.error)] ?? "This is not JSON";
  return { value, diagnostics: [configSyntax(span, { problem })] };
}

const problems: Readonly<Record<string, string>> = {
  InvalidSymbol: "Found a word that JSON doesn't have, expected a value",
  InvalidNumberFormat: "Found a number that JSON doesn't have",
  PropertyNameExpected: "Found no key, expected one in double quotes",
  ValueExpected: "Found no value, expected one",
  ColonExpected: "Found no ':' after the key",
  CommaExpected: "Found no ',' between two entries",
  CloseBraceExpected: "Found no '}' at the end of the object",
  CloseBracketExpected: "Found no ']' at the end of the list",
  EndOfFileExpected: "Found more after the end of the value",
  InvalidCommentToken: "Found a comment, which a package.json can't have",
  UnexpectedEndOfComment: "Found a comment without an end",
  UnexpectedEndOfString: "Found a string without an end",
  UnexpectedEndOfNumber: "Found a number without an end",
  InvalidUnicode: "Found a wrong \\u in a string",
  InvalidEscapeCharacter: "Found a wrong \\ in a string",
  InvalidCharacter: "Found a control character in a string",
};
