/** What is read of a script. All far above what a person writes of a model. */

/** UTF-16 units of one script: 256 Ki. */
export const maxScriptLength = 256 * 1024;

/** Brackets, one inside the other. */
export const maxBrackets = 50;

/** Blocks, one inside the other. */
export const maxBlocks = 50;

/** Levels of one expression, where each operator, call, attribute and bracket adds one. */
export const maxLevels = 200;
