import { parseSource, usualCompile, type Model } from "layerc";
import type {
  CompiledTraining,
  ModelTraining,
  SourceFile,
  TextEdit,
} from "../model/built.ts";

type Compile = NonNullable<Model["compile"]>;

/** How a model is trained, and where the clauses about that stand in its file, or would. */
export function describeTraining(
  model: Model,
  { name: path, text }: SourceFile,
): ModelTraining {
  const { declarations } = parseSource({ path, text }).value;
  const declaration = declarations.find(
    (one) => one.kind === "model" && one.name.text === model.name,
  );
  if (declaration?.kind !== "model")
    throw new Error(`${path} does not declare ${model.name}`);
  const { body, name, span } = declaration;
  const weights = body.find(({ kind }) => kind === "weights");
  const open = text.indexOf("{", name.span.end) + 1;
  return {
    weightsPlace:
      weights === undefined
        ? { from: open, to: open, before: "\n  " }
        : { from: weights.span.start, to: weights.span.end, before: "" },
    ...(model.compile === undefined
      ? { missingClause: missingClause(model, text, span.end - 1) }
      : { compiled: compiledTraining(model.compile) }),
  };
}

/** The likely clause as the last thing in a body; `close` is where its brace stands. */
function missingClause(
  model: Model,
  text: string,
  close: number,
): NonNullable<ModelTraining["missingClause"]> {
  const line = usualCompile(model);
  const end = text.slice(0, close).trimEnd().length;
  const edit: TextEdit = { from: end, to: close, insert: `\n\n  ${line}\n` };
  return { line, edit };
}

function compiledTraining({ loss, optimizer }: Compile): CompiledTraining {
  const { learning_rate: rate } = optimizer.config;
  return {
    loss: loss.definition.identifier,
    targets: loss.definition.targets,
    outputs: outputsOf(loss),
    ...(typeof rate === "number" ? { learningRate: rate } : {}),
  };
}

function outputsOf({
  definition,
  config,
}: Compile["loss"]): CompiledTraining["outputs"] {
  const outputs = definition.outputs ?? "numbers";
  switch (outputs) {
    case "numbers":
    case "margins":
      return outputs;
    case "counts":
      return "numbers";
    case "numbers of classes":
      return "logits";
    case "probabilities":
    case "probabilities of classes":
      return config["from_logits"] === true ? "logits" : "probabilities";
  }
}
