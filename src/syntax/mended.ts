import * as brackets from "./bracket-diagnostics.ts";
import { argumentsWithoutParentheses } from "./bare-arguments.ts";
import { misplacedDeclaration, misplacedStatement } from "./build-ast.ts";
import { pythonImport, unquotedPath } from "./foreign-imports.ts";
import { shapeInParentheses } from "./foreign-shapes.ts";
import { invalidEscape } from "./literals.ts";
import { foreignOperator } from "./foreign-operators.ts";
import { hashComment, invalidName, unterminatedComment } from "./mend-tokens.ts";
import { malformedNumber } from "./malformed-number.ts";
import { misspeltKeyword } from "./misspelt-keywords.ts";

import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { dialectDiagnostics } from "./dialects/index.ts";
import { wrongQuotes } from "./wrong-quotes.ts";

/**
 * The codes of syntax errors after which the tree holds all that was written, as it was meant. Any other may have lost
 * something.
 */
const mendedCodes: ReadonlySet<string> = new Set(
  [
    brackets.missingComma,
    brackets.strayComma,
    brackets.semicolon,
    brackets.labelEquals,
    brackets.argumentColon,
    brackets.pythonConstant,
    brackets.mismatchedBracket,
    brackets.missingBodyBrace,
    argumentsWithoutParentheses,
    misplacedDeclaration,
    unquotedPath,
    shapeInParentheses,
    invalidEscape,
    invalidName,
    foreignOperator,
    hashComment,
    wrongQuotes,
    misspeltKeyword,
  ].map(({ code }) => code),
);

/** Those of which some can't be mended. */
const mendableCodes: ReadonlySet<string> = new Set(
  [...dialectDiagnostics, malformedNumber, misplacedStatement, pythonImport, unterminatedComment].map(
    ({ code }) => code,
  ),
);

/** Whether the tree holds all that was written where an error is. */
export function isMended({ code, fix }: Diagnostic): boolean {
  return mendedCodes.has(code) || (mendableCodes.has(code) && fix !== undefined);
}
