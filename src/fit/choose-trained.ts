import type { Model } from "../check/model.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Checked, Span } from "../diagnostics/diagnostic.ts";
import { nowhere } from "../diagnostics/nowhere.ts";
import { usualCompile } from "../check/usual-compile.ts";
import { isTrainedFile } from "../model-formats/file-names.ts";
import { didYouMean } from "../diagnostics/suggest.ts";

export const trainModelUnclear = defineDiagnostic<{ file: string; asked?: string; known: readonly string[] }>(
  "train-model-unclear",
  "error",
  "The command line does not say which model of a file is to be trained, or names one that the file lacks.",
  ({ file, asked, known }) => {
    const [first] = known;
    if (first === undefined) return { message: `'${file}' has no model to train` };
    if (asked === undefined) {
      return {
        message: `'${file}' has the models ${known.join(", ")}, and nothing says which is to be trained`,
        help: `choose one with --model, such as --model ${first}`,
      };
    }
    return {
      message: `--model names '${asked}', which '${file}' does not have`,
      help: `it has ${known.join(", ")}`,
      ...didYouMean(asked, known),
    };
  },
  () => ({
    meaning:
      "One model is trained at a time: the one that --model names, else the only one with a compile clause, else the only one that no other nests.",
    example: {
      kind: "command",
      text: "layerc train models.layers --data digits.csv",
      arguments: { file: "models.layers", known: ["Digits", "Letters"] },
      mended: "layerc train models.layers --data digits.csv --model Digits",
    },
  }),
);

const exampleClause = "compile(optimizer=adam, loss=sparse_categorical_crossentropy, metrics=[accuracy])";

export const trainNotCompiled = defineDiagnostic<{ model: string; clause: string; behind: Span; imported?: string }>(
  "train-not-compiled",
  "error",
  "A model without a compile clause is to be trained.",
  ({ model, clause, behind, imported }) => ({
    message: `${model} has no compile clause, which says how it is trained`,
    ...(imported === undefined
      ? { fix: { title: `Add ${clause}`, edits: [{ span: { ...behind, start: behind.end }, text: `\n  ${clause}` }] } }
      : { help: `layerc import ${imported} writes it as a model file, to which it can be added: ${clause}` }),
  }),
  () => ({
    meaning:
      "The clause compile(...) names the optimizer, the loss and the metrics. The one that is offered fits the last layer of the model.",
    example: {
      kind: "situation",
      text: "A model to be trained is model Iris { input [4] Dense(3, activation=softmax) }.",
      arguments: { model: "Iris", clause: exampleClause, behind: nowhere },
      mended: `The model has the line ${exampleClause}.`,
    },
  }),
);

/**
 * The model of a file that is to be trained; `asked` is what `--model` names. `isCompiled`: it has to have a `compile` clause, or
 * need not.
 */
export function chooseTrained(
  models: readonly Model[],
  file: string,
  asked: string | undefined,
  isCompiled: boolean,
): Checked<Model | undefined> {
  const known = models.map(({ name }) => name);
  const nested = new Set(
    models.flatMap(({ layers }) => layers.flatMap((layer) => (layer.kind === "nested" ? [layer.model.name] : []))),
  );
  const candidates =
    asked === undefined
      ? [models.filter(({ compile }) => compile !== undefined), models.filter(({ name }) => !nested.has(name))]
      : [models.filter(({ name }) => name === asked)];
  const model = candidates.find((found) => found.length === 1)?.[0];
  if (model === undefined) {
    const about = { file, known, ...(asked === undefined ? {} : { asked }) };
    return { value: undefined, diagnostics: [trainModelUnclear(undefined, about)] };
  }
  if (isCompiled && model.compile === undefined) {
    const imported = isTrainedFile(file) ? { imported: file } : {};
    const about = { model: model.name, clause: usualCompile(model), behind: model.inputSpan, ...imported };
    return { value: undefined, diagnostics: [trainNotCompiled(model.nameSpan, about)] };
  }
  return { value: model, diagnostics: [] };
}
