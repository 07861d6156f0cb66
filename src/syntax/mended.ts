import * as brackets from "./bracket-diagnostics.ts";
import { argumentsWithoutParentheses } from "./bare-arguments.ts";
import { misplacedDeclaration } from "./build-ast.ts";
import { unquotedPath } from "./foreign-imports.ts";
import { shapeInParentheses } from "./foreign-shapes.ts";
import { invalidEscape } from "./literals.ts";
import { foreignOperator, hashComment, invalidName } from "./mend-tokens.ts";
import { misspeltKeyword } from "./misspelt-keywords.ts";

import { wrongQuotes } from "./wrong-quotes.ts";

/**
 * The codes of syntax errors after which the tree holds all that was written, as it was meant. Any other may have lost
 * something.
 */
export const mendedCodes: ReadonlySet<string> = new Set(
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
