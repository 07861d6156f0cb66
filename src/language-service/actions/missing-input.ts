import { formatShape } from "../../ir/shape.ts";
import type { ModelDeclaration } from "../../syntax/ast.ts";
import type { Analysis } from "../analysis.ts";
import { scan } from "../cursor/scan.ts";
import type { Surroundings } from "../surroundings.ts";
import { fileModel } from "../weights/file-model.ts";
import type { ActionRequest, CodeAction } from "./code-action.ts";

/** The input clause that a model lacks: of the shape that arrives where it is used, of its weights' size, else of one number. */
export async function missingInputs({
  analysis,
  touched,
  surroundings,
}: ActionRequest): Promise<readonly CodeAction[]> {
  const { file, source } = analysis;
  const actions = touched.map(async (diagnostic): Promise<readonly CodeAction[]> => {
    if (diagnostic.code !== "missing-input") return [];
    const model = file.declarations.find(({ span, kind }) => kind === "model" && contains(span, diagnostic.span));
    if (model?.kind !== "model") return [];
    const brace = scan(source.text, model.name.span.end, model.span.end).find(({ text }) => text === "{");
    if (brace === undefined) return [];
    const clause = `input ${await inputShape(model, analysis, surroundings)}`;
    const edits = [
      { span: { file: source.path, start: brace.end, end: brace.end }, text: insertion(clause, model, analysis) },
    ];
    return [{ kind: "quickfix", title: `Add ${clause}`, isPreferred: true, diagnostics: [diagnostic], edits }];
  });
  return (await Promise.all(actions)).flat();
}

async function inputShape(
  model: ModelDeclaration,
  { result, source }: Analysis,
  surroundings: Surroundings,
): Promise<string> {
  const uses = result.index.models.flatMap(({ steps }) => steps);
  const use = uses.find(
    (step) => step.kind === "nested" && step.declaration === model && step.inputShape !== undefined,
  );
  if (use?.inputShape !== undefined && use.inputShape.every(({ dims, factor }) => dims.length === 0 || factor === 1)) {
    return formatShape(use.inputShape);
  }
  const clause = model.body.find(({ kind }) => kind === "weights");
  const file = clause?.kind === "weights" ? await surroundings.weightFile?.(source.path, clause.path.value) : undefined;
  const known = file === undefined ? undefined : await fileModel(file.root);
  return known === undefined || known.declarations.length > 0 ? "[1]" : (known.input ?? "[1]");
}

/** On a line of its own where the body begins on one. */
function insertion(clause: string, { body, span }: ModelDeclaration, { source, lines }: Analysis): string {
  const [first] = body;
  if (first === undefined) return ` ${clause}${source.text[span.end - 1] === "}" ? " " : ""}`;
  const { line, column } = lines.position(first.span.start);
  const { text, start } = lines.line(line);
  const indent = text.slice(0, column - 1);
  if (indent.trim() !== "" || start < span.start) return ` ${clause}`;
  return `${source.text.includes("\r\n") ? "\r\n" : "\n"}${indent}${clause}`;
}

function contains(outer: { start: number; end: number }, inner: { start: number; end: number } | undefined): boolean {
  return inner !== undefined && outer.start <= inner.start && inner.end <= outer.end;
}
