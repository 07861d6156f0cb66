import { dialectDiagnostics } from "./dialects/index.ts";
import * as brackets from "./bracket-diagnostics.ts";
import { argumentsWithoutParentheses } from "./bare-arguments.ts";
import { misplacedDeclaration, misplacedStatement } from "./build-ast.ts";
import { expressionTooDeep } from "./build-expression.ts";
import { strayDocComment } from "./doc-comments.ts";
import { pythonImport, unquotedPath } from "./foreign-imports.ts";
import { noneInShape, shapeInParentheses } from "./foreign-shapes.ts";
import { integerDivisionComment } from "./integer-division.ts";
import { invalidEscape, invalidStringCharacter, numberTooLarge } from "./literals.ts";
import { hashComment, invalidName, unterminatedComment, unterminatedString } from "./mend-tokens.ts";
import { foreignOperator } from "./foreign-operators.ts";
import { malformedNumber } from "./malformed-number.ts";
import { unexpectedCharacter } from "./unexpected-character.ts";
import { wrongQuotes } from "./wrong-quotes.ts";
import { misspeltKeyword } from "./misspelt-keywords.ts";
import { unexpectedToken } from "./parse.ts";
import { fileTooLarge, tooManySyntaxErrors } from "./parse-source.ts";

export type * from "./ast.ts";

/** Every diagnostic of the syntax. */
export const syntaxDiagnostics = [
  unexpectedToken,
  ...Object.values(brackets),
  misspeltKeyword,
  argumentsWithoutParentheses,
  shapeInParentheses,
  noneInShape,
  pythonImport,
  unquotedPath,
  misplacedStatement,
  misplacedDeclaration,
  unexpectedCharacter,
  invalidName,
  malformedNumber,
  numberTooLarge,
  unterminatedString,
  wrongQuotes,
  invalidEscape,
  invalidStringCharacter,
  unterminatedComment,
  hashComment,
  foreignOperator,
  integerDivisionComment,
  strayDocComment,
  ...dialectDiagnostics,
  expressionTooDeep,
  fileTooLarge,
  tooManySyntaxErrors,
];
