import * as brackets from "./bracket-diagnostics.ts";
import { misplacedDeclaration, misplacedStatement } from "./build-ast.ts";
import { expressionTooDeep } from "./build-expression.ts";
import { strayDocComment } from "./doc-comments.ts";
import { integerDivisionComment } from "./integer-division.ts";
import { invalidEscape, invalidStringCharacter, numberTooLarge } from "./literals.ts";
import {
  foreignOperator,
  hashComment,
  invalidName,
  malformedNumber,
  unexpectedCharacter,
  unterminatedComment,
  unterminatedString,
  wrongQuotes,
} from "./mend-tokens.ts";
import { unexpectedToken } from "./parse.ts";
import { fileTooLarge, tooManySyntaxErrors } from "./parse-source.ts";

export type * from "./ast.ts";
export { parseSource } from "./parse-source.ts";
export type { Source } from "./source.ts";

/** Every diagnostic of the syntax. */
export const syntaxDiagnostics = [
  unexpectedToken,
  ...Object.values(brackets),
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
  expressionTooDeep,
  fileTooLarge,
  tooManySyntaxErrors,
];
