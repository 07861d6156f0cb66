import { definitionAt } from "../../check/semantics/definition-at.ts";
import { expressionNames } from "../../check/walk.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import type { Expression, LetDeclaration } from "../../syntax/ast.ts";
import type { Analysis } from "../analysis.ts";
import { relativePath } from "../imports/relative-path.ts";
import type { TextEdit } from "../text-edit.ts";
import { nodesAt } from "../tree/nodes-at.ts";
import { startWithDocs } from "../tree/start-with-docs.ts";
import { refactoring, type ActionRequest, type CodeAction } from "./code-action.ts";

/** The value of a let in place of its name, wherever it is used, and the let deleted; for one that no other file imports. */
export async function inlineLet({ analysis, range, surroundings }: ActionRequest): Promise<readonly CodeAction[]> {
  const { source, file, result } = analysis;
  const definition = definitionAt(result.index, source.path, range.start);
  if (definition?.kind !== "let" || definition.node.kind !== "let") return [];
  const { node, uses, span } = definition;
  if (span.file !== source.path || uses.length === 0 || hasHoles(node.value)) return [];
  // A name that is declared twice leaves open which value is meant.
  if (file.declarations.filter(({ name }) => name.text === node.name.text).length > 1) return [];
  if (uses.some((use) => use.role !== "value" || use.span.file !== source.path)) return [];
  if (uses.some((use) => within(node.span, use.span) || changesMeaning(node.value, use.span, analysis))) return [];
  const importers = (await surroundings.files?.()) ?? [];
  const isImported = importers.some(({ source: other, imports }) =>
    imports.some(
      ({ path, names }) =>
        path.value === relativePath(other.path, source.path) && names.some(({ text }) => text === node.name.text),
    ),
  );
  if (isImported) return [];
  const value = source.text.slice(node.value.span.start, node.value.span.end);
  const edits = uses.map((use): TextEdit => {
    const text = needsParentheses(node.value, use.span, analysis) ? `(${value})` : value;
    return { span: use.span, text };
  });
  return [refactoring("refactor.inline", `Inline '${node.name.text}'`, [deletion(node, analysis), ...edits])];
}

function hasHoles(value: Expression): boolean {
  return value.kind === "missing";
}

function within(outer: Span, inner: Span): boolean {
  return outer.file === inner.file && outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether a name in the value means a parameter of the block where the value would stand. */
function changesMeaning(value: Expression, use: Span, { file }: Analysis): boolean {
  const names = expressionNames([value]);
  const block = nodesAt(file, use.start).find(({ kind }) => kind === "block");
  return block?.kind === "block" && block.parameters.some(({ name }) => names.has(name.text));
}

/** Whether a sum or a sign would fall apart in what stands around it; parentheses that are there already are enough. */
function needsParentheses(value: Expression, use: Span, { file, source }: Analysis): boolean {
  if (value.kind !== "binary" && value.kind !== "unary") return false;
  if (isGrouped(value, source.text)) return false;
  const nodes = nodesAt(file, use.start);
  const at = nodes.findIndex(({ kind }) => kind === "name-expression");
  const name = nodes[at];
  const around = nodes[at - 1]?.kind;
  const isInParentheses = name !== undefined && name.span.start < use.start;
  return !isInParentheses && (around === "binary" || around === "unary");
}

/** Whether an expression stands in parentheses, which belong to its place. */
function isGrouped(value: Extract<Expression, { kind: "binary" | "unary" }>, text: string): boolean {
  return value.kind === "binary" ? value.left.span.start > value.span.start : text[value.span.start] === "(";
}

/** The declaration with its doc comment, and its lines where nothing else stands on them. */
function deletion(node: LetDeclaration, { file, source }: Analysis): TextEdit {
  const { text, path } = source;
  let start = startWithDocs(file, node.span.start);
  let { end } = node.span;
  const before = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  const behind = /^[^\S\r\n]*(?:\r\n?|\n|$)/.exec(text.slice(end));
  if (before.trim() === "" && behind !== null) {
    start -= before.length;
    end += behind[0].length;
  }
  return { span: { file: path, start, end }, text: "" };
}
