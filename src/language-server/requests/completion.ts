import {
  CompletionItemKind,
  CompletionRequest,
  InsertTextFormat,
  type CompletionItem as LspCompletionItem,
} from "vscode-languageserver";
import {
  complete,
  completionTriggers,
  type CompletionItem,
  type CompletionKind,
} from "../../language-service/index.ts";
import { markup } from "../markup.ts";
import { surroundingsOf } from "../surroundings.ts";
import { positionRequest, whileTyping, type Asked } from "./define-request.ts";

const kinds = {
  layer: CompletionItemKind.Class,
  block: CompletionItemKind.Function,
  model: CompletionItemKind.Struct,
  let: CompletionItemKind.Constant,
  dim: CompletionItemKind.TypeParameter,
  parameter: CompletionItemKind.Variable,
  argument: CompletionItemKind.Property,
  activation: CompletionItemKind.EnumMember,
  initializer: CompletionItemKind.EnumMember,
  regularizer: CompletionItemKind.EnumMember,
  constraint: CompletionItemKind.EnumMember,
  optimizer: CompletionItemKind.EnumMember,
  schedule: CompletionItemKind.EnumMember,
  loss: CompletionItemKind.EnumMember,
  metric: CompletionItemKind.EnumMember,
  function: CompletionItemKind.Function,
  word: CompletionItemKind.EnumMember,
  keyword: CompletionItemKind.Keyword,
  shape: CompletionItemKind.Value,
  label: CompletionItemKind.Field,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
  snippet: CompletionItemKind.Snippet,
} as const satisfies Readonly<Record<CompletionKind, CompletionItemKind>>;

/** `textDocument/completion`: the whole list, which the client narrows down while somebody types. */
export const completion = positionRequest(
  CompletionRequest.type,
  { completionProvider: { triggerCharacters: [...completionTriggers] } },
  async (offset, asked) => {
    const { analysis, document, session } = asked;
    const items = await complete(analysis, offset, await surroundingsOf(document, session));
    return { isIncomplete: false, items: items.map((item) => lspItem(item, asked)) };
  },
  whileTyping,
);

function lspItem(item: CompletionItem, { own, session }: Asked): LspCompletionItem {
  const { snippets, completionMarkdown } = session.client;
  const { label, kind, detail, documentation, edit, filterText, sortText, additionalEdits } = item;
  const isSnippet = snippets && /[\\$]/.test(edit.text);
  const newText = isSnippet ? edit.text : withoutTabStops(edit.text);
  const command = item.suggestsAgain === true ? session.suggestCommand : undefined;
  return {
    label,
    kind: kinds[kind],
    sortText,
    textEdit: { range: own.range(edit.span), newText },
    ...(isSnippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation: markup(documentation, completionMarkdown) }),
    ...(filterText === undefined ? {} : { filterText }),
    ...(additionalEdits.length === 0
      ? {}
      : { additionalTextEdits: additionalEdits.map(({ span, text }) => ({ range: own.range(span), newText: text })) }),
    ...(command === undefined ? {} : { command: { title: "complete", command } }),
  };
}

/** What a snippet leaves when all its tab stops keep what they hold. */
function withoutTabStops(snippet: string): string {
  return snippet
    .replaceAll(/(?<!\\)\$(?:\d+|\{\d+(?::((?:\\.|[^\\}])*))?\})/g, (_, preset: string | undefined) => preset ?? "")
    .replaceAll(/\\([\\$}])/g, "$1");
}
