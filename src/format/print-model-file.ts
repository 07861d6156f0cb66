import type {
  BlockDeclaration,
  Comment,
  Declaration,
  ImportDeclaration,
  ModelFile,
  Name,
  Parameter,
} from "../syntax/ast.ts";
import { printFlat, printLines, toItem, type Bracketed } from "./bracketed.ts";
import { printBody } from "./print-body.ts";
import { isApart, printLead, printRest, printTrail, type PrintOptions, type Printing } from "./print-comments.ts";
import { innerComments, printExpression, printString } from "./print-expression.ts";
import { divideComments, triviaOf } from "./trivia.ts";

/**
 * The source of a model file in the language's one style: two spaces, a layer a line, long calls broken with aligned
 * arguments. The same tree gives the same text, and parsing the text gives the same tree, with the same comments in the same
 * order; between declarations and between statements an empty line stays. The file must be free of syntax errors.
 */
export function printModelFile(file: ModelFile, options: PrintOptions = {}): string {
  const printing: Printing = { ...options, trivia: triviaOf(file) };
  const { trivia } = printing;
  // In a tree that was made, all begin at the same place.
  const nodes = [...file.imports, ...file.declarations].toSorted((a, b) => a.span.start - b.span.start);
  const range = { start: 0, end: file.source.text.length };
  const endOf = (node: ImportDeclaration | Declaration): number =>
    node.kind === "import" ? endOfNames(node, printing) : node.span.end;
  const { items, rest } = divideComments(nodes, range, "none", trivia, endOf);
  const texts = items.map((item, index) => {
    const { node } = item;
    const before = nodes[index - 1];
    const isClose = before !== undefined && kindOf(before) === kindOf(node) && kindOf(node) !== "body";
    const blank = before !== undefined && (!isClose || isApart(item, trivia)) ? "\n" : "";
    const lead = printLead(item, headComments(node, printing), "", printing);
    const text = node.kind === "import" ? printImport(node, printing) : printDeclaration(node, printing);
    return `${blank}${lead}${text}${printTrail(item.trail)}\n`;
  });
  return `${texts.join("")}${printRest(rest, "", items.length === 0, printing)}`;
}

/** Imports stand one below the other, and so do lets and dims. */
function kindOf({ kind }: ImportDeclaration | Declaration): "import" | "value" | "body" {
  if (kind === "import") return kind;
  return kind === "let" || kind === "dim" ? "value" : "body";
}

/** The comments of a declaration that can't stay where they are: those before its value, its parameters or its body. */
function headComments(node: ImportDeclaration | Declaration, { trivia }: Printing): readonly Comment[] {
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

function printImport(node: ImportDeclaration, printing: Printing): string {
  const range = { start: node.span.start, end: endOfNames(node, printing) };
  const names = bracket(
    node.names,
    range,
    printing,
    ({ text }: Name) => text,
    () => [],
  );
  const open = "import { ";
  return `${open}${printBracketed(names, open.length)} } from ${printString(node.path.value)}`;
}

function endOfNames({ names, span }: ImportDeclaration, { trivia }: Printing): number {
  return trivia.find("}", names.at(-1)?.span.end ?? span.start) + 1;
}

function printDeclaration(declaration: Declaration, printing: Printing): string {
  const { trivia } = printing;
  const { text: name, span } = declaration.name;
  switch (declaration.kind) {
    case "let":
      return `let ${name} = ${printExpression(declaration.value, name.length + 7, trivia)}`;
    case "dim":
      return `dim ${name}`;
    case "block":
      return printBlock(declaration, printing);
    case "model": {
      const range = { start: span.end, end: declaration.span.end };
      return `model ${name} ${printBody(declaration.body, range, "", printing)}`;
    }
  }
}

function printBlock({ name, parameters, body, span }: BlockDeclaration, printing: Printing): string {
  const { trivia } = printing;
  const end = trivia.find(")", parameters.at(-1)?.span.end ?? name.span.end) + 1;
  const head = `block ${name.text}(`;
  const range = { start: name.span.end, end };
  const list = bracket(parameters, range, printing, printParameter, ({ default: preset, span: place }) =>
    preset === undefined ? trivia.between(place.start, place.end) : innerComments(place.start, preset, trivia),
  );
  return `${head}${printBracketed(list, head.length)}) ${printBody(body, { start: end, end: span.end }, "", printing)}`;
}

function printParameter({ name, default: preset }: Parameter, column: number, { trivia }: Printing): string {
  if (preset === undefined) return name.text;
  const start = `${name.text}=`;
  return `${start}${printExpression(preset, column + start.length, trivia)}`;
}

/** Names or parameters with their comments. */
function bracket<Node extends Name | Parameter>(
  nodes: readonly Node[],
  range: { readonly start: number; readonly end: number },
  printing: Printing,
  print: (node: Node, column: number, printing: Printing) => string,
  inner: (node: Node) => readonly Comment[],
): Bracketed {
  const { items, rest } = divideComments(nodes, range, "comma", printing.trivia);
  return {
    items: items.map(({ node, ...around }) =>
      toItem(around, inner(node), printing.trivia, {
        print: (column) => print(node, column, printing),
        beginsLine: "freely",
      }),
    ),
    rest,
  };
}

function printBracketed(bracketed: Bracketed, column: number): string {
  return printFlat(bracketed) ?? printLines(bracketed, column, () => false);
}
