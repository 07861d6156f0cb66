import { formatShape } from "../../ir/shape.ts";
import type { ScoreMeaning } from "../../lower/score-meaning.ts";
import type { ModelUnit } from "../model-unit.ts";
import {
  code,
  docComment,
  empty,
  exported,
  identifier,
  join,
  quoted,
  types,
  type Code,
  type Identifier,
} from "./code.ts";
import type { LabelNames, UnitNames } from "./names.ts";
import { dimsAreInferred } from "./public-types.ts";
import type { Support } from "./support-function.ts";

/** What a module exports for the labels of a model. Whoever uses none of it bundles none of it. */
export interface LabelsCode {
  readonly names: LabelNames;
  /** The list, its types, and the function that ranks it. */
  readonly module: Code;
  /** The same for a file of declarations. */
  readonly declarations: Code;
}

/** Prints the labels of a model, if it has any. */
export function labelsCode(unit: ModelUnit, chosen: UnitNames, support: Support): LabelsCode | undefined {
  const { labels } = unit;
  const { labels: names } = chosen;
  if (labels === undefined || names === undefined) return undefined;
  const items = join(labels.names.map(quoted), ", ");
  const listDoc = docComment([
    `The labels of ${unit.name}: what the places along the last axis of its output stand for.`,
  ]);
  const ranking = code`[${names.ranked}, ...${names.ranked}[]]`;
  const result = isOneRow(unit) ? ranking : code`${ranking}[]`;
  const locals = classifyLocals(unit, chosen);
  const signature = code`function ${names.classify}(${parameters(unit, chosen, locals)})${types`: ${result}`}`;
  const doc = docComment(classifyDoc(unit, labels));
  const typesOfLabels = labelTypes(unit, names);
  return {
    names,
    module: join(
      [
        code`${listDoc}${exported}const ${names.list} = [${items}]${types` as const`};`,
        types`${typesOfLabels}`,
        code`${doc}${exported}${signature} {\n${classifyBody(unit, names, locals, support)}\n}`,
      ],
      "\n\n",
    ),
    declarations: join(
      [
        code`${listDoc}export declare const ${names.list}: readonly [${items}];`,
        typesOfLabels,
        code`${doc}export declare ${signature};`,
      ],
      "\n\n",
    ),
  };
}

/** Whether a sample has one row of outputs, and so one ranking. */
function isOneRow({ outputShape }: ModelUnit): boolean {
  return outputShape.length === 1;
}

function labelTypes({ name }: ModelUnit, names: LabelNames): Code {
  return join(
    [
      code`${docComment([`A label of ${name}.`])}export type ${names.label} = (typeof ${names.list})[number];`,
      code`${docComment([`A label of ${name}, where it stands among the labels, and its score.`])}export interface ${names.ranked} {
readonly label: ${names.label};
readonly index: number;
readonly score: number;
}`,
    ],
    "\n\n",
  );
}

/** What the function that ranks calls its parameters and locals: nothing is called like the model that it runs. */
interface ClassifyLocals {
  readonly model: Identifier;
  readonly input: Identifier;
  readonly options: Identifier;
  readonly output: Identifier;
  readonly skipped: Identifier;
  readonly row: Identifier;
}

function classifyLocals(unit: ModelUnit, chosen: UnitNames): ClassifyLocals {
  const model = unit.binding.kind === "inline" ? chosen.instance : identifier("model");
  const local = (name: string): Identifier => identifier(name === model.text ? `${name}_2` : name);
  return {
    model,
    input: local("input"),
    options: local("options"),
    output: local("output"),
    skipped: local("_"),
    row: local("row"),
  };
}

/** A model whose weights are not in the module is a parameter. */
function parameters(unit: ModelUnit, chosen: UnitNames, { model, input, options }: ClassifyLocals): Code {
  const top = code`readonly top?: number | undefined`;
  const given = dimsAreInferred(unit)
    ? code`${options}${types`?: { ${top} }`}`
    : code`${options}${types`: { readonly dims: ${chosen.dims}; ${top} }`}`;
  return join(
    [
      ...(unit.binding.kind === "inline" ? [] : [code`${model}${types`: ${chosen.type}`}`]),
      code`${input}${types`: ${chosen.input}`}`,
      given,
    ],
    ", ",
  );
}

function classifyBody(
  unit: ModelUnit,
  names: LabelNames,
  { model, input, options, output, skipped, row }: ClassifyLocals,
  support: Support,
): Code {
  const dims = dimsAreInferred(unit) ? empty : code`, undefined, ${options}?.dims`;
  const forward = code`${model}.forward(${input}${dims})`;
  const rank = (scores: Code): Code =>
    code`${support("rankLabels")}(${quoted(unit.name)}, ${names.list}, ${scores}, ${options}?.top)`;
  if (isOneRow(unit)) return code`return ${rank(forward)};`;
  const size = unit.labels?.names.length ?? 0;
  const scores = code`${output}.subarray(${row} * ${size}, (${row} + 1) * ${size})`;
  return code`const ${output} = ${forward};
return Array.from({ length: ${output}.length / ${size} }, (${skipped}, ${row}) => ${rank(scores)});`;
}

function classifyDoc(unit: ModelUnit, labels: NonNullable<ModelUnit["labels"]>): readonly string[] {
  const what = isOneRow(unit)
    ? `Ranks the labels of ${unit.name} for one sample, best first; \`top\` limits how many.`
    : `Ranks the labels of ${unit.name} for each row of its output ${formatShape(unit.outputShape)}, best first; \`top\` limits how many.`;
  return [
    what,
    scoreDoc(labels.scores, labels.names.length),
    "Equal scores are in the order of the labels; NaN comes last.",
  ];
}

function scoreDoc(scores: ScoreMeaning, labels: number): string {
  switch (scores) {
    case "shares":
      return "A score is a probability; those of all labels add up to 1 (softmax).";
    case "log-shares":
      return "A score is the logarithm of a probability (log_softmax).";
    case "probabilities":
      return labels === 1
        ? "The score is the probability of the label (sigmoid)."
        : "A score is the probability of its label by itself; they need not add up to 1 (sigmoid).";
    case "outputs":
      return "A score is the model's output as it is: larger is likelier, but it is no probability.";
  }
}
