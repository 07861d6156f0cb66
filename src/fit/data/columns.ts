import { counted } from "../../diagnostics/counted.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Checked, Diagnostic, Span } from "../../diagnostics/diagnostic.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import { chosenTwice } from "./chosen-twice.ts";
import { mayBeOneClass, type TargetPlan } from "./target-plan.ts";

export const dataColumnUnknown = defineDiagnostic<{ option: string; column: string; known: readonly string[] }>(
  "data-column-unknown",
  "error",
  "A column that the command line names is not in a file of samples.",
  ({ option, column, known }) => ({
    message: `${option} names '${column}', which is none of the columns ${listed(known)}`,
    ...didYouMean(column, known),
  }),
  () => ({
    meaning: "The names of the columns are those of the header, the first line of CSV or the first object of JSONL.",
    example: {
      kind: "command",
      text: "layerc train iris.layers --data iris.csv --targets specie",
      arguments: { option: "--targets", column: "specie", known: ["sepal_length", "petal_length", "species"] },
      mended: "layerc train iris.layers --data iris.csv --targets species",
    },
  }),
);

export const dataColumnTwice = defineDiagnostic<{ column: string }>(
  "data-column-twice",
  "error",
  "Two columns of a file of samples have one name.",
  ({ column }) => ({ message: `Two columns are called '${column}'`, help: "give each its own name in the header" }),
  () => ({
    meaning: "Columns are chosen by their names, so that each needs its own.",
    example: {
      kind: "situation",
      text: "The first line of iris.csv is length,width,length,width,species.",
      arguments: { column: "length" },
      mended: "It is sepal_length,sepal_width,petal_length,petal_width,species.",
    },
  }),
);

export const dataColumnCount = defineDiagnostic<{
  what: "inputs" | "targets";
  found: readonly string[];
  expected: number;
  model: string;
  targets: readonly string[];
}>(
  "data-column-count",
  "error",
  "A file of samples has more or fewer columns than the model takes.",
  ({ what, found, expected, model, targets }) => ({
    message: `${model} ${what === "inputs" ? "takes" : "is trained with"} ${counted(expected, what.slice(0, -1))}, found ${
      found.length === 0 ? "no column for them" : `${counted(found.length, "column")}: ${listed(found)}`
    }`,
    help:
      what === "inputs" && found.length < expected
        ? `--inputs names them; without it all columns but the targets (${listed(targets)}) are inputs, and --targets says which are targets`
        : `choose the columns with --${what}, separated by commas`,
  }),
  () => ({
    meaning:
      "All columns that are no targets are inputs, in their order, unless --inputs names some. There have to be as many as the model's input has numbers.",
    example: {
      kind: "situation",
      text: "The model has input [4]; iris.csv has five columns of numbers, one of them a number of the row.",
      arguments: {
        what: "inputs",
        found: ["id", "sepal_length", "sepal_width", "petal_length", "petal_width"],
        expected: 4,
        model: "Iris",
        targets: ["species"],
      },
      mended: "layerc train iris.layers --data iris.csv --inputs sepal_length,sepal_width,petal_length,petal_width",
    },
  }),
);

/** What `--inputs` and `--targets` name. */
export interface ColumnChoice {
  readonly inputs?: readonly string[];
  readonly targets?: readonly string[];
}

/** Which columns of a file are what, counted from 0. */
export interface Columns {
  readonly names: readonly string[];
  readonly inputs: readonly number[];
  readonly targets: readonly number[];
  readonly weight?: number;
}

/** What targets are called, the surest first. */
const targetNames = ["label", "target", "class", "y"];
const weightName = "sample_weight";

/**
 * Which columns of a header are inputs, targets and weights of samples. Without a choice the target is the column that is
 * called like one, else the last; weights are in `sample_weight`; inputs are all others that have a name.
 */
export function chooseColumns(
  header: readonly string[],
  { inputs: inputCount, plan }: { readonly inputs: number; readonly plan: TargetPlan },
  choice: ColumnChoice,
  span: Span,
): Checked<Columns | undefined> {
  const names = header.map((name) => name.trim());
  const known = names.filter((name) => name !== "");
  const twice = known.find((name, at) => known.indexOf(name) !== at);
  if (twice !== undefined) return wrong(dataColumnTwice(span, { column: twice }));
  const unknown = (["inputs", "targets"] as const).flatMap((what) =>
    (choice[what] ?? [])
      .filter((column) => !known.includes(column))
      .map((column) => dataColumnUnknown(span, { option: `--${what}`, column, known })),
  );
  if (unknown.length > 0) return wrong(...unknown);
  const repeated = chosenTwice(choice.inputs ?? [], choice.targets ?? [], plan, span);
  if (repeated.length > 0) return wrong(...repeated);

  const chosen = new Set([...(choice.inputs ?? []), ...(choice.targets ?? [])]);
  const weight = chosen.has(weightName) ? undefined : known.find((name) => name === weightName);
  const free = known.filter((name) => name !== weight);
  const targets =
    choice.targets ??
    (choice.inputs === undefined
      ? likelyTargets(free, inputCount, plan)
      : likelyTargets(without(free, choice.inputs), 0, plan));
  const inputs = choice.inputs ?? without(free, targets);
  const problems: Diagnostic[] = [];
  const at = { model: plan.model, targets };
  const isOneClass = targets.length === 1 && mayBeOneClass(plan);
  if (targets.length !== plan.count && !isOneClass) {
    problems.push(dataColumnCount(span, { ...at, what: "targets", found: targets, expected: plan.count }));
  }
  if (inputs.length !== inputCount) {
    problems.push(dataColumnCount(span, { ...at, what: "inputs", found: inputs, expected: inputCount }));
  }
  if (problems.length > 0) return wrong(...problems);
  const place = (name: string): number => names.indexOf(name);
  return {
    value: {
      names,
      inputs: inputs.map(place),
      targets: targets.map(place),
      ...(weight === undefined ? {} : { weight: place(weight) }),
    },
    diagnostics: [],
  };
}

function wrong(...diagnostics: readonly Diagnostic[]): Checked<undefined> {
  return { value: undefined, diagnostics };
}

function without(names: readonly string[], others: readonly string[]): readonly string[] {
  return names.filter((name) => !others.includes(name));
}

/** Of names of which so many are inputs: as many as the loss takes, or one class that stands for a number of each. */
function likelyTargets(names: readonly string[], inputs: number, { kind, count }: TargetPlan): readonly string[] {
  const called = targetNames.flatMap((target) => names.filter((name) => name.toLowerCase() === target)).slice(0, 1);
  if (called.length > 0 && (count === 1 || kind === "one-hot")) return called;
  return names.slice(names.length === inputs + count ? -count : -1);
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 10).map((name) => `'${name}'`);
  return `${shown.join(", ")}${names.length > 10 ? `, … (${names.length})` : ""}`;
}
