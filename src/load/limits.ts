/** How many files one compilation reads, the entry included. */
export const MAX_FILES = 1000;

/** How many imports lead, one after the other, from the entry to a file. */
export const MAX_IMPORT_DEPTH = 100;
