import type { BodyItem, BlockDeclaration, ModelDeclaration, RepeatStatement } from "../../syntax/ast.ts";
import { builtins } from "../../check/words.ts";
import type { Analysis } from "../analysis.ts";
import { namesInScope } from "../completion/names-in-scope.ts";
import { startWithDocs } from "../tree/start-with-docs.ts";
import { nodesAt } from "../tree/nodes-at.ts";
import { refactoring, type ActionRequest, type CodeAction } from "./code-action.ts";

type Body = BlockDeclaration | ModelDeclaration | RepeatStatement;

/** The selected layers as a block, which is called in their place. What they use of a block around them is its parameters. */
export function extractBlock({ analysis, range }: ActionRequest): readonly CodeAction[] {
  if (range.start >= range.end) return [];
  const selected = selectedItems(analysis, range);
  if (selected === undefined) return [];
  const { source } = analysis;
  const { declaration, start, end } = selected;
  const name = freeName(analysis);
  const parameters = usedParameters(analysis, declaration, start, end);
  const call = `${name}(${parameters.join(", ")})`;
  const eol = source.text.includes("\r\n") ? "\r\n" : "\n";
  const body = reindent(source.text, start, end, eol);
  const at = startWithDocs(analysis.file, declaration.span.start);
  const block = `block ${call} {${eol}${body}${eol}}${eol}${eol}`;
  return [
    refactoring("refactor.extract", `Extract to the block ${name}`, [
      { span: { file: source.path, start: at, end: at }, text: block },
      { span: { file: source.path, start, end }, text: call },
    ]),
  ];
}

interface Selected {
  readonly declaration: BlockDeclaration | ModelDeclaration;
  readonly start: number;
  readonly end: number;
}

/** The whole statements of one body that a selection touches, all of which can stand in a block. */
function selectedItems({ file, source }: Analysis, range: ActionRequest["range"]): Selected | undefined {
  const text = source.text.slice(range.start, range.end);
  const start = range.start + (text.length - text.trimStart().length);
  const end = range.end - (text.length - text.trimEnd().length);
  if (start >= end) return undefined;
  const nodes = nodesAt(file, start);
  const [, declaration] = nodes;
  if (declaration?.kind !== "block" && declaration?.kind !== "model") return undefined;
  const bodies = nodes.filter((node): node is Body => "body" in node);
  for (const { body } of bodies.toReversed()) {
    const touched = body.filter((item) => item.span.start < end && start < item.span.end);
    const [first] = touched;
    const last = touched.at(-1);
    if (first === undefined || last === undefined) continue;
    const from = Math.min(start, startWithDocs(file, first.span.start));
    const to = Math.max(end, last.span.end);
    const isWhole = start <= first.span.start && last.span.end <= end;
    if (!isWhole || !touched.every(isExtractable) || cutsComment(file, from, to)) continue;
    return { declaration, start: from, end: to };
  }
  return undefined;
}

function isExtractable({ kind }: BodyItem): boolean {
  return kind === "layer" || kind === "repeat";
}

function cutsComment({ comments = [] }: Analysis["file"], start: number, end: number): boolean {
  return comments.some(({ span, kind }) => {
    const isCut = (at: number): boolean => span.start < at && at < span.end;
    // A comment up to the end of its line would take in what comes behind.
    return isCut(start) || isCut(end) || (kind !== "block" && span.end === end);
  });
}

function freeName(analysis: Analysis): string {
  const taken = new Set(namesInScope(analysis).map(({ name }) => name));
  for (let number = 1; ; number++) {
    const name = number === 1 ? "Extracted" : `Extracted${number}`;
    if (!taken.has(name) && !builtins.has(name)) return name;
  }
}

/** The parameters of the block around that stand in a range, in the order of their declaration. */
function usedParameters(
  { result, source }: Analysis,
  declaration: BlockDeclaration | ModelDeclaration,
  start: number,
  end: number,
): readonly string[] {
  if (declaration.kind !== "block") return [];
  const used = result.index.definitions.filter(
    (definition) =>
      definition.kind === "parameter" &&
      definition.block === declaration &&
      definition.uses.some(({ span }) => span.file === source.path && start <= span.start && span.end <= end),
  );
  return used.map(({ name }) => name);
}

/** Lines of a body, with the indent of a block's. */
function reindent(text: string, start: number, end: number, eol: string): string {
  const before = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  const indent = /^[^\S\r\n]*$/.test(before) ? before : "";
  const lines = text.slice(start, end).split(/\r\n?|\n/);
  return lines
    .map((line) =>
      line.trim() === "" ? "" : `  ${line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()}`,
    )
    .join(eol);
}
