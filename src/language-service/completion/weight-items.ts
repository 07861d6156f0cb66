import type { ModelDeclaration } from "../../syntax/ast.ts";
import { partOfFile } from "../../weights/part-of-file.ts";
import { inlineCode, paragraphs } from "../describe/markdown.ts";
import type { TextEdit } from "../text-edit.ts";
import { startWithDocs } from "../tree/start-with-docs.ts";
import { fileModel, type FileModel } from "../weights/file-model.ts";
import { plainSnippet, type CompletionItem } from "./completion-item.ts";
import { item, type CompletionRequest } from "./request.ts";

/** The model in the file of a weights clause. */
export interface BoundFile extends FileModel {
  /** As written. */
  readonly path: string;
}

/** The model in the file that the weights clause of a model means, if it can be read and holds a chain of layers. */
export async function boundFile(
  model: ModelDeclaration | undefined,
  { analysis, surroundings }: CompletionRequest,
): Promise<BoundFile | undefined> {
  const clause = model?.body.find(({ kind }) => kind === "weights");
  if (clause?.kind !== "weights") return undefined;
  const { path, prefix } = clause;
  const file = await surroundings.weightFile?.(analysis.source.path, path.value);
  const root = file === undefined || prefix === undefined ? file?.root : partOfFile(file.root, prefix.value);
  const found = root === undefined ? undefined : await fileModel(root);
  return found === undefined ? undefined : { ...found, path: path.value };
}

/** The layers of the file that the model lacks: all of them for a model without layers, else one by one. */
export function fileLayerItems(
  { layers, input, declarations, path }: BoundFile,
  model: ModelDeclaration,
  space: string,
  request: CompletionRequest,
): readonly CompletionItem[] {
  const { cursor } = request;
  const own = model.body.filter(({ span }) => span.start !== cursor.word.start);
  const hasLayers = own.some(({ kind }) => kind === "layer" || kind === "repeat");
  const hasInput = own.some(({ kind }) => kind === "input");
  const labels = new Set(own.flatMap((statement) => ("label" in statement ? [statement.label?.text] : [])));
  const each = layers.flatMap((layer, at): readonly CompletionItem[] => {
    const { name, label, call, arrays } = layer;
    if (call === undefined || label === undefined || labels.has(name)) return [];
    const text = `${label}: ${call}`;
    return [
      item(request, `${plainSnippet(text)}${space}`, {
        label: text,
        filterText: `${name} ${call}`,
        kind: "label",
        detail: arrays,
        documentation: `Of ${inlineCode(path)}.`,
        sortText: `01${String(at).padStart(4, "0")}`,
      }),
    ];
  });
  const needed = declarations.filter(({ kind, name }) => !isThere(kind, name, request));
  const isTaken = needed.some(({ name }) => request.names.some((known) => known.name === name));
  if (hasLayers || isTaken || !layers.some(({ call }) => call !== undefined)) return each;
  const lines = [
    ...(hasInput || input === undefined ? [] : [`input ${input}`]),
    ...layers.map(({ label, call, name, arrays }) =>
      call === undefined ? `// ${name}: ${arrays}` : `${label === undefined ? "" : `${label}: `}${call}`,
    ),
  ];
  const text = lines.join("\n");
  const whole = item(request, `${plainSnippet(text)}${lines.at(-1)?.startsWith("//") === true ? "\n" : space}`, {
    label: `layers of ${path}`,
    filterText: "layers",
    kind: "snippet",
    detail: `${layers.length} layers`,
    documentation: paragraphs(`The layers that ${inlineCode(path)} holds.`, `\`\`\`layers\n${text}\n\`\`\``),
    sortText: "00",
    additionalEdits: needed.length === 0 ? [] : [declare(needed, model, request)],
  });
  return [whole, ...each];
}

/** Whether a dim of that name is declared; a model might be another one. */
function isThere(kind: string, name: string, { names }: CompletionRequest): boolean {
  return kind === "dim" && names.some((known) => known.name === name && known.declaration?.kind === "dim");
}

/** Declarations before a model. */
function declare(
  needed: BoundFile["declarations"],
  model: ModelDeclaration,
  { analysis }: CompletionRequest,
): TextEdit {
  const at = startWithDocs(analysis.file, model.span.start);
  const text = needed.map((declaration) => `${declaration.text}\n\n`).join("");
  return { span: { file: analysis.source.path, start: at, end: at }, text };
}

/** The call that a label of the file asks for. */
export function labelledItem(
  { layers, path }: BoundFile,
  label: string,
  space: string,
  request: CompletionRequest,
): readonly CompletionItem[] {
  const layer = layers.find(({ name }) => name === label);
  if (layer?.call === undefined) return [];
  const { call, arrays } = layer;
  return [
    item(request, `${plainSnippet(call)}${space}`, {
      label: call,
      kind: "label",
      detail: arrays,
      documentation: `As in ${inlineCode(path)}.`,
      sortText: "00",
    }),
  ];
}
