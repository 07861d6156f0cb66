// What a file of samples may be, and how much of it is kept where.

/** Bytes of samples that are kept in memory; of more, all lie in a file: 1 GiB. */
export const maxRowBytes = 2 ** 30;

/** Bytes of a file of samples that messages show lines of: 16 MiB. Of a longer one they say the line. */
export const maxShownBytes = 2 ** 24;

/** UTF-16 units of one row of a text: 64 Mi. A quote that is never closed would else take all the rest into one cell. */
export const maxRecordLength = 2 ** 26;

/** Cells that are wrong before reading is given up: what there are so many of is no slip. */
export const maxWrongCells = 100_000;

/** Kinds of mistakes in the cells of a file that are reported, one by one; the others are counted. */
export const maxReportedProblems = 10;

/** Further places of one kind of mistake that a report shows. */
export const maxShownPlaces = 2;
