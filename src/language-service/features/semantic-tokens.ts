import { findActivation } from "../../activations/index.ts";
import type { Definition, NameUse } from "../../check/semantics/definition.ts";
import { builtins, trainingWords } from "../../check/words.ts";
import type { Analysis } from "../analysis.ts";
import { anchorBefore } from "../cursor/anchor.ts";
import { scan, type ScannedToken } from "../cursor/scan.ts";
import { childrenOf, type SyntaxNode } from "../tree/syntax-node.ts";

/** The types of tokens, all of them among those of the Language Server Protocol. */
export const semanticTokenTypes = [
  "comment",
  "keyword",
  "string",
  "number",
  "operator",
  "class",
  "macro",
  "struct",
  "variable",
  "typeParameter",
  "parameter",
  "property",
  "label",
  "function",
  "enumMember",
] as const;

export const semanticTokenModifiers = ["declaration", "readonly", "defaultLibrary", "documentation"] as const;

/** What a token of a file is. */
export interface SemanticToken {
  readonly start: number;
  readonly end: number;
  readonly type: (typeof semanticTokenTypes)[number];
  readonly modifiers: readonly (typeof semanticTokenModifiers)[number][];
}

type Meaning = Pick<SemanticToken, "type" | "modifiers">;

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * What the tokens of a file are, in order, within a range or in the whole file; none goes over a line's end. Layers are classes,
 * models structs, blocks macros, dims type parameters; words such as `relu` are members of an enumeration, called ones functions.
 */
export function semanticTokens(analysis: Analysis, range?: Range): readonly SemanticToken[] {
  const { text } = analysis.source;
  const { start, end } = range ?? { start: 0, end: text.length };
  const meanings = meaningsOf(analysis, start, end);
  return scan(text, anchorBefore(analysis.file, start)?.start, text.length, { offset: end, most: 1 })
    .filter((token) => token.start < end && start < token.end)
    .flatMap((token) => {
      const meaning = meanings.get(token.start) ?? ownMeaning(token);
      return meaning === undefined ? [] : splitLines(token, meaning);
    });
}

/** What a token is by itself. */
function ownMeaning({ kind, text }: ScannedToken): Meaning | undefined {
  switch (kind) {
    case "comment":
      return { type: kind, modifiers: /^\/\/\/(?!\/)/.test(text) ? ["documentation"] : [] };
    case "string":
    case "number":
      return { type: kind, modifiers: [] };
    case "sign":
      return operators.has(text) ? operator : undefined;
    case "name":
      return undefined;
  }
}

function splitLines({ kind, start, end, text }: ScannedToken, meaning: Meaning): readonly SemanticToken[] {
  if (kind !== "comment") return [{ start, end, ...meaning }];
  return [...text.matchAll(/[^\r\n]+/g)].map(({ index, 0: line }) => ({
    start: start + index,
    end: start + index + line.length,
    ...meaning,
  }));
}

/** What the words of a file mean, by where they begin. */
function meaningsOf({ file, source, result }: Analysis, start: number, end: number): ReadonlyMap<number, Meaning> {
  const meanings = new Map<number, Meaning>();
  const stack: SyntaxNode[] = [file];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    nodeMeanings(node, source.text, meanings);
    for (const child of childrenOf(node)) if (child.span.start < end && start < child.span.end) stack.push(child);
  }
  for (const definition of result.index.definitions) {
    const { span, uses } = definition;
    if (span.file === source.path) meanings.set(span.start, meaningOf(definition, "definition"));
    for (const use of uses) {
      if (use.span.file === source.path) meanings.set(use.span.start, meaningOf(definition, use.role));
    }
  }
  return meanings;
}

const operators: ReadonlySet<string> = new Set(["->", "**", "+", "-", "*", "/", "%", "="]);
const operator: Meaning = { type: "operator", modifiers: [] };
const keyword: Meaning = { type: "keyword", modifiers: [] };

function nodeMeanings(node: SyntaxNode, text: string, into: Map<number, Meaning>): void {
  const { start, end } = node.span;
  switch (node.kind) {
    case "import":
    case "let":
    case "dim":
    case "block":
    case "model":
    case "input":
    case "labels":
    case "weights":
    case "compile": {
      if (text.startsWith(node.kind, start)) into.set(start, keyword);
      if (node.kind !== "import" && node.kind !== "weights") break;
      const between = node.kind === "import" ? [start, node.path.span.start] : [node.path.span.end, end];
      for (const token of scan(text, between[0], between[1])) {
        if (token.text === "from" || token.text === "prefix") into.set(token.start, keyword);
      }
      if (node.kind === "import") for (const { span } of node.names) into.delete(span.start);
      break;
    }
    case "repeat": {
      const from = node.label?.span.end ?? start;
      const at = text.indexOf("repeat", from);
      if (at >= 0 && at < node.count.span.start) into.set(at, keyword);
      break;
    }
    case "boolean":
    case "none":
      into.set(start, keyword);
      break;
    case "argument":
      if (node.name !== undefined) into.set(node.name.span.start, { type: "property", modifiers: [] });
      break;
    case "layer":
      if (builtins.get(node.callee.text) === "layer") {
        into.set(node.callee.span.start, { type: "class", modifiers: ["defaultLibrary"] });
      }
      break;
    case "call":
      into.set(node.callee.span.start, {
        type: builtins.get(node.callee.text) === "layer" ? "class" : "function",
        modifiers: isOfLibrary(node.callee.text) ? ["defaultLibrary"] : [],
      });
      break;
    case "name-expression":
      into.set((node.nameSpan ?? node.span).start, {
        type: "enumMember",
        modifiers: isOfLibrary(node.name) ? ["defaultLibrary"] : [],
      });
      break;
    default:
      break;
  }
}

function isOfLibrary(word: string): boolean {
  return builtins.has(word) || trainingWords.has(word) || findActivation(word) !== undefined;
}

function meaningOf({ kind }: Definition, role: NameUse["role"] | "definition"): Meaning {
  const modifiers = role === "definition" ? (["declaration"] as const) : [];
  if (role === "argument") return { type: "property", modifiers: [] };
  switch (kind) {
    case "let":
      return { type: "variable", modifiers: [...modifiers, "readonly"] };
    case "dim":
      return { type: "typeParameter", modifiers };
    case "block":
      return { type: "macro", modifiers };
    case "model":
      return { type: "struct", modifiers };
    case "parameter":
      return { type: "parameter", modifiers };
    case "label":
      return { type: "label", modifiers };
    case "import":
      return { type: "variable", modifiers };
  }
}
