/** What the parser takes; beyond each of them is a diagnostic of its own. All far above what a person writes. */

/** UTF-16 units of one file: 4 Mi. */
export const MAX_SOURCE_LENGTH = 4 * 1024 * 1024;

/** Brackets of any kind, one inside the other. */
export const MAX_BRACKET_DEPTH = 50;

/** Levels of one expression, where each operator and each bracket adds one. */
export const MAX_EXPRESSION_DEPTH = 250;

/** Syntax errors reported for one file. */
export const MAX_SYNTAX_ERRORS = 100;

/** UTF-16 units of a file that is searched for habits of other languages, 64 Ki: a longer one is written by no person. */
export const MAX_DIALECT_LENGTH = 64 * 1024;
