/*
 * Mistakes whose fixes mend too little, by name, with the reason. Each is a fault of today, to be taken from the list when it is
 * mended; the reports beside this file show what happens.
 */

/** Where a fix, or all fixes of a round, raise the number of errors. */
export const moreErrors: ReadonlyMap<string, string> = new Map([
  [
    "text/braces: a colon and indentation as in Python",
    "'{' goes in front of the colon, which is passed over only where the brace is missing; the missing '}' is told only then",
  ],
  ["dialects/keras-scripts: a subclass", "the same behind __init__, by itself"],
  ["dialects/pytorch-modules: a module", "the same behind __init__, by itself"],
]);

/** Where they leave as many as there were. */
export const asManyErrors: ReadonlyMap<string, string> = new Map([
  ["declarations/blocks: a block as a Python function with a colon", "as in text/braces, by itself"],
  [
    "text/braces: no braces at all, layers indented as in Python",
    "only '{' is inserted; the missing '}' is told when it is there",
  ],
  ["text/braces: a body that begins with begin", "the missing '}' hides the error beside it"],
  ["text/braces: a body that ends with end", "the missing '}' hides the error beside it"],
  ["text/characters: a space in a model's name", "'{' goes between two words of one name, and '}' is missing then"],
]);
