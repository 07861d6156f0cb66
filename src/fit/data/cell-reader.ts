import { capitalized } from "../../diagnostics/capitalized.ts";
import { counted } from "../../diagnostics/counted.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import { describeCell, isMissing, numberHelp, numberOf, plainNumberOf, type Cell } from "./cells.ts";
import { classFinder } from "./class-finder.ts";
import type { FaultPlace } from "./problems.ts";
import type { WantedData } from "./reading.ts";
import type { TargetPlan } from "./target-plan.ts";

/** What stands in a cell that is wrong, and in which column. */
interface WrongCell extends Pick<FaultPlace, "where" | "more" | "related"> {
  /** `column 'petal_width'`, `'y' at [3]` */
  readonly what: string;
  readonly cell: Cell;
}

const atPetalWidth = { where: "", more: "", related: [], what: "column 'petal_width'" };

export const dataCellMissing = defineDiagnostic<WrongCell & { expected: string }>(
  "data-cell-missing",
  "error",
  "A cell of a file of samples has no value.",
  ({ where, more, related, what, cell, expected }) => ({
    message: capitalized(`${where}${what} has ${describeCell(cell)}, expected ${expected}${more}`),
    help: "leave such rows out, or write a number that stands for it, such as the mean of the column",
    related,
  }),
  () => ({
    meaning:
      "A network computes with every number of a sample, so none may be missing. NA, NaN, null and ? are ways to write that one is.",
    example: {
      kind: "situation",
      text: "A row of iris.csv is 5.1,3.5,1.4,,setosa.",
      arguments: { ...atPetalWidth, cell: "", expected: "a number" },
      mended: "The row is 5.1,3.5,1.4,0.2,setosa.",
    },
  }),
);

export const dataCellNotNumber = defineDiagnostic<WrongCell & { expected: string; labelOf?: string }>(
  "data-cell-not-number",
  "error",
  "A cell of a file of samples is no number.",
  ({ where, more, related, what, cell, expected, labelOf }) => {
    const isOfTwo = expected === ranges.share.expected && typeof cell === "string" && Number.isNaN(Number(cell));
    const help =
      labelOf !== undefined
        ? `it is a label of ${labelOf}: --targets says which column has those`
        : (numberHelp(cell) ??
          (isOfTwo ? "write 1 for the one class and 0 for the other, or true and false" : undefined));
    return {
      message: capitalized(`${where}${what} has ${describeCell(cell)}, expected ${expected}${more}`),
      ...(help === undefined ? {} : { help }),
      related,
    };
  },
  () => ({
    meaning:
      "All inputs of a network are numbers that float32 has. Words become numbers before: a column for each word, with 1 where it stands, or choose the columns with --inputs.",
    example: {
      kind: "situation",
      text: "A row of iris.csv is 5.1,3.5,1.4,0.2 cm,setosa.",
      arguments: { ...atPetalWidth, cell: "0.2 cm", expected: "a number" },
      mended: "The row is 5.1,3.5,1.4,0.2,setosa.",
    },
  }),
);

export const dataClassUnknown = defineDiagnostic<WrongCell & { plan: TargetPlan; words: ReadonlySet<string> }>(
  "data-class-unknown",
  "error",
  "A target of a file of samples is no class of the model.",
  ({ where, more, related, what, cell, plan, words }) => ({
    message: capitalized(`${where}${what} has ${describeCell(cell)}, expected ${expectedClass(plan)}${more}`),
    ...classHelp(cell, plan, words),
    related,
  }),
  () => ({
    meaning:
      "A target of a classifier is one of the words of the model's labels clause, or the number of a class, which counts from 0. Where labels are numbers themselves, a number is that label. Without labels only numbers are known; true and false are the labels of these names and no numbers.",
    example: {
      kind: "situation",
      text: 'The model has labels ["setosa", "versicolor", "virginica"], and a row of iris.csv ends in setsa.',
      arguments: {
        ...atPetalWidth,
        what: "column 'species'",
        cell: "setsa",
        plan: {
          kind: "classes",
          shape: [],
          count: 1,
          classes: 3,
          labels: ["setosa", "versicolor", "virginica"],
          model: "Iris",
        },
        words: new Set(["setsa"]),
      },
      mended: "The row ends in setosa.",
    },
  }),
);

/** Reads the cells of one kind of columns. */
export interface CellReader {
  /** NaN where the cell is wrong. */
  read(cell: Cell): number;
  /** Equal for cells whose mistake is the same. */
  mistake(cell: Cell): string;
  report(cell: Cell, what: string, place: FaultPlace): Diagnostic;
}

const ranges = {
  any: { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY, expected: "a number" },
  share: { least: 0, most: 1, expected: "a number from 0 to 1" },
  weight: { least: 0, most: Number.POSITIVE_INFINITY, expected: "a number that is not negative" },
} as const;

/** Reads numbers of a range. */
export function numberReader(range: keyof typeof ranges): CellReader {
  const { least, most, expected } = ranges[range];
  return {
    read(cell) {
      const value = numberOf(cell);
      return value >= least && value <= most ? value : Number.NaN;
    },
    mistake: (cell) => (isMissing(cell) ? "missing" : "not a number"),
    report(cell, what, { span, ...place }) {
      const definition = isMissing(cell) ? dataCellMissing : dataCellNotNumber;
      return definition(span, { ...place, what, cell, expected });
    },
  };
}

/** Reads what goes into a model: numbers, or the rows of a table. */
export function inputReader({ rows, plan }: WantedData): CellReader {
  const isRow = (value: number): boolean =>
    rows === undefined || (Number.isInteger(value) && value >= 0 && value < rows);
  const expected = rows === undefined ? "a number" : `a whole number from 0 to ${rows - 1}`;
  return {
    read(cell) {
      const value = numberOf(cell);
      return isRow(value) ? value : Number.NaN;
    },
    mistake: (cell) => (isMissing(cell) ? "missing" : Number.isNaN(numberOf(cell)) ? "not a number" : "no row"),
    report(cell, what, { span, ...place }) {
      if (isMissing(cell)) return dataCellMissing(span, { ...place, what, cell, expected });
      const isLabel = typeof cell === "string" && plan.labels.includes(cell.trim());
      return dataCellNotNumber(span, { ...place, what, cell, expected, ...(isLabel && { labelOf: plan.model }) });
    },
  };
}

/** Reads classes, by the model's labels or as numbers. */
export function classReader(plan: TargetPlan): CellReader {
  const find = classFinder(plan.labels, plan.classes);
  const words = new Set<string>();
  return {
    read(cell) {
      const found = find(cell);
      return Number.isNaN(found) && plan.ignored !== undefined && plainNumberOf(cell) === plan.ignored
        ? plan.ignored
        : found;
    },
    mistake(cell) {
      if (isMissing(cell)) return "missing";
      if (isWord(cell) && words.size <= plan.classes) words.add(String(cell).trim());
      // A word may be written wrong in a way of its own; numbers where words are wanted are of another column.
      const isOther = isWord(cell) || plan.labels.some((label) => !Number.isNaN(Number(label)));
      return plan.labels.length === 0 || !isOther ? "no class" : `class ${String(cell as string)}`;
    },
    report(cell, what, { span, ...place }) {
      if (isMissing(cell)) return dataCellMissing(span, { ...place, what, cell, expected: expectedClass(plan) });
      return dataClassUnknown(span, { ...place, what, cell, plan, words });
    },
  };
}

/** Whether a cell may be a label that the model lacks; true and false are words, too. */
function isWord(cell: Cell): cell is string | boolean {
  return typeof cell === "boolean" || (typeof cell === "string" && Number.isNaN(plainNumberOf(cell)));
}

function expectedClass({ labels, classes, model }: TargetPlan): string {
  return labels.length > 0 ? `a label of ${model}` : `a class from 0 to ${classes - 1}`;
}

function classHelp(cell: Cell, { labels, classes, model }: TargetPlan, words: ReadonlySet<string>): { help?: string } {
  const near = typeof cell === "string" ? didYouMean(cell, labels).help : undefined;
  if (near !== undefined) return { help: near };
  const shown = labels.slice(0, 10).map((label) => `'${label}'`);
  if (labels.length > 0)
    return { help: `${model} has the labels ${shown.join(", ")}${labels.length > 10 ? ", …" : ""}` };
  if (!isWord(cell))
    return { help: "classes count from 0; a clause labels [...] in the model gives them the names of the file" };
  if (words.size > classes)
    return { help: `there are more words than the ${counted(classes, "class", "classes")} of ${model}` };
  // Sorted, so that the order of the rows doesn't matter.
  const named = [...words].sort().map((word) => JSON.stringify(word));
  // A label is missing for what no row is: without it the clause would not fit the output.
  const more =
    words.size < classes ? `, ...], one for each of its ${classes} outputs, or end it with ${words.size}` : "]";
  return { help: `name the classes in the model: labels [${named.join(", ")}${more}` };
}
