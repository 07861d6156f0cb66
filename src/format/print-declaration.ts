import type { Doc } from "prettier";
import { builders } from "prettier/doc";
import type { BlockDeclaration, Comment, Declaration, ImportDeclaration, Parameter } from "../syntax/ast.ts";
import { bracketItems, printBracketed } from "./bracketed.ts";
import { bodyRange, parametersEnd } from "./divide-body.ts";
import { divideComments, type Commented } from "./divide-comments.ts";
import { printBody } from "./print-body.ts";
import { isApart, printLead, printRest, printTrail, printWritten, saysIgnore } from "./print-comments.ts";
import { innerComments, printExpression, printValue } from "./print-expression.ts";
import { printString, type Printing } from "./printing.ts";
import type { Trivia } from "./trivia.ts";

const { hardline, join } = builders;

/** The declarations of a file, in order, with the comments around them. `docs` are they printed by themselves. */
export function printDeclarations(
  nodes: readonly (ImportDeclaration | Declaration)[],
  docs: readonly Doc[],
  end: number,
  printing: Printing,
): Doc {
  const { trivia } = printing;
  const { items, rest } = divideDeclarations(nodes, end, trivia);
  const texts = items.map((item, index): Doc => {
    const { node, lead, trail } = item;
    const before = nodes[index - 1];
    const isClose = before !== undefined && kindOf(before) === kindOf(node) && kindOf(node) !== "body";
    const blank = before !== undefined && (!isClose || isApart(item, trivia)) ? hardline : "";
    const inner = headComments(node, trivia);
    const written = saysIgnore([...lead, ...inner]) ? trivia.slice(node.span.start, node.span.end) : undefined;
    const own = written === undefined ? (docs[index] as Doc) : printWritten(written);
    return [blank, printLead(item, written === undefined ? inner : [], printing), own, printTrail(trail)];
  });
  const lines = [...texts, ...printRest(rest, items.length === 0, printing)];
  return lines.length === 0 ? "" : [join(hardline, lines), hardline];
}

/** Divides the comments of a file among its declarations. */
export function divideDeclarations<Node extends ImportDeclaration | Declaration>(
  nodes: readonly Node[],
  end: number,
  trivia: Trivia,
): { readonly items: readonly Commented<Node>[]; readonly rest: readonly Comment[] } {
  // What stands before the path of an import goes behind it.
  const endOf = (node: Node, lead: readonly Comment[]): number =>
    node.kind === "import" && !saysIgnore(lead) ? endOfNames(node, trivia) : node.span.end;
  return divideComments(nodes, { start: 0, end }, "none", trivia, endOf);
}

/** Imports stand one below the other, and so do lets and dims. */
function kindOf({ kind }: ImportDeclaration | Declaration): "import" | "value" | "body" {
  if (kind === "import") return kind;
  return kind === "let" || kind === "dim" ? "value" : "body";
}

/** The comments of a declaration that can't stay where they are: those before its value, its parameters or its body. */
function headComments(node: ImportDeclaration | Declaration, trivia: Trivia): readonly Comment[] {
  const { start, end } = node.span;
  switch (node.kind) {
    case "import":
      return [];
    case "let":
      return innerComments(start, node.value, trivia);
    case "dim":
      return trivia.between(start, end);
    case "block":
    case "model":
      return trivia.between(start, node.name.span.end);
  }
}

/** A declaration without the comments around it; `body` prints the statements of a block or a model. */
export function printDeclaration(
  node: ImportDeclaration | Declaration,
  body: () => readonly Doc[],
  printing: Printing,
): Doc {
  switch (node.kind) {
    case "import":
      return printImport(node, printing);
    case "let":
      return [`let ${node.name.text} =`, printValue(node.value, printing)];
    case "dim":
      return `dim ${node.name.text}`;
    case "block":
      return printBlock(node, body(), printing);
    case "model":
      return [`model ${node.name.text} `, printBody(node.body, body(), bodyRange(node, printing.trivia), printing)];
  }
}

function printImport(node: ImportDeclaration, printing: Printing): Doc {
  const range = { start: node.span.start, end: endOfNames(node, printing.trivia) };
  const names = bracketItems(node.names, range, printing, { print: ({ text }) => text, inner: () => [] });
  const style = { open: "{", close: "}", isSpaced: printing.hasBracketSpacing };
  return ["import ", printBracketed(names, style, printing), ` from ${printString(node.path, printing)}`];
}

function endOfNames({ names, span }: ImportDeclaration, trivia: Trivia): number {
  return trivia.find("}", names.at(-1)?.span.end ?? span.start) + 1;
}

function printBlock(block: BlockDeclaration, docs: readonly Doc[], printing: Printing): Doc {
  const { trivia } = printing;
  const { name, parameters, body } = block;
  const range = { start: name.span.end, end: parametersEnd(block, trivia) };
  const list = bracketItems(parameters, range, printing, {
    print: (parameter) => printParameter(parameter, printing),
    inner: ({ default: preset, span: { start, end: last } }) =>
      preset === undefined ? trivia.between(start, last) : innerComments(start, preset, trivia),
  });
  return [
    `block ${name.text}`,
    printBracketed(list, { open: "(", close: ")" }, printing),
    " ",
    printBody(body, docs, bodyRange(block, trivia), printing),
  ];
}

function printParameter({ name, default: preset }: Parameter, printing: Printing): Doc {
  return preset === undefined ? name.text : [name.text, "=", printExpression(preset, printing)];
}
