import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Diagnostic, Span } from "../../diagnostics/diagnostic.ts";
import type { TargetPlan } from "./target-plan.ts";

export const dataColumnChosenTwice = defineDiagnostic<{ column: string; model: string; option?: string }>(
  "data-column-chosen-twice",
  "error",
  "The command line takes a column of a file of samples twice.",
  ({ column, model, option }) =>
    option === undefined
      ? {
          message: `Both --inputs and --targets name '${column}', which has the class that ${model} is to find`,
          help: "leave it out of --inputs: a network that is told the class learns nothing else",
        }
      : { message: `${option} names '${column}' twice`, help: "name each column once" },
  () => ({
    meaning:
      "A column is one input or one target. Only numbers may be both, as in an autoencoder, whose targets are its inputs.",
    example: {
      kind: "command",
      text: "layerc train iris.layers --data iris.csv --inputs petal_length,petal_length",
      arguments: { column: "petal_length", model: "Iris", option: "--inputs" },
      mended: "layerc train iris.layers --data iris.csv --inputs petal_length,petal_width",
    },
  }),
);

/** Says which columns `--inputs` and `--targets` name more than once, where that makes no sense. */
export function chosenTwice(
  inputs: readonly string[],
  targets: readonly string[],
  { kind, model }: TargetPlan,
  span: Span,
): readonly Diagnostic[] {
  const within = (option: string, names: readonly string[]): readonly Diagnostic[] =>
    distinct(names.filter((name, at) => names.indexOf(name) !== at)).map((column) =>
      dataColumnChosenTwice(span, { column, model, option }),
    );
  // Numbers may be inputs and targets both: an autoencoder is trained so.
  const areClasses = kind === "classes" || kind === "one-hot";
  const both = areClasses ? distinct(targets.filter((name) => inputs.includes(name))) : [];
  return [
    ...within("--inputs", inputs),
    ...within("--targets", targets),
    ...both.map((column) => dataColumnChosenTwice(span, { column, model })),
  ];
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
