import type { AstPath, Doc, Parser, ParserOptions, Printer, SupportLanguage, SupportOptions } from "prettier";
import { parseToPrint } from "./parse-to-print.ts";
import { hasIgnorePragma, hasPragma, insertPragma } from "./pragma.ts";
import { printDeclaration, printDeclarations } from "./print-declaration.ts";
import { printStatement } from "./print-body.ts";
import type { PrintedFile, PrintedNode } from "./printed-file.ts";
import type { Printing } from "./printing.ts";

const astFormat = "layers";

/** The language as Prettier knows it: by the ending of files, and by its name where Markdown has code of it. */
export const languages: SupportLanguage[] = [
  { name: "Layers", parsers: ["layers"], extensions: [".layers"], vscodeLanguageIds: ["layers"] },
];

export const parsers: { layers: Parser<PrintedNode> } = {
  layers: {
    astFormat,
    parse: (text, { filepath }) => parseToPrint(text, filepath),
    locStart: ({ span }) => span.start,
    locEnd: ({ span }) => span.end,
    hasPragma,
    hasIgnorePragma,
  },
};

export const printers: { layers: Printer<PrintedNode> } = {
  layers: {
    print: printNode,
    insertPragma,
    // What `prettier --debug-check` compares.
    massageAstNode: (_original, cloned: unknown): unknown => JSON.parse(JSON.stringify(cloned, withoutPlace)),
    // Where the cursor is, is asked for among these.
    getVisitorKeys(node) {
      switch (node.kind) {
        case "printed-file":
          return ["nodes"];
        case "block":
        case "model":
        case "repeat":
          return ["body"];
        default:
          return [];
      }
    },
  },
};

/** Options of Prettier that mean something here too, word for word as it has them. Others that do, all languages have. */
export const options: SupportOptions = {
  trailingComma: {
    category: "JavaScript",
    type: "choice",
    default: "all",
    description: "Print trailing commas wherever possible when multi-line.",
    choices: [
      { value: "all", description: "Trailing commas wherever possible (including function arguments)." },
      { value: "es5", description: "Trailing commas where valid in ES5 (objects, arrays, etc.)" },
      { value: "none", description: "No trailing commas." },
    ],
  },
  bracketSpacing: {
    category: "Common",
    type: "boolean",
    default: true,
    description: "Print spaces between brackets.",
    oppositeDescription: "Do not print spaces between brackets.",
  },
};

/** All of it, for configs that import it. */
export default { languages, parsers, printers, options };

function withoutPlace(key: string, value: unknown): unknown {
  return ["span", "nameSpan", "trivia"].includes(key) ? undefined : value;
}

function printNode(
  path: AstPath<PrintedNode>,
  { trailingComma, bracketSpacing }: ParserOptions<PrintedNode>,
  print: (path: AstPath) => Doc,
): Doc {
  const { node } = path;
  const { trivia, given } = path.root as PrintedFile;
  const printing: Printing = {
    trivia,
    ...(given === undefined ? {} : { given }),
    hasTrailingComma: trailingComma !== "none",
    hasBracketSpacing: bracketSpacing,
  };
  const body = (): Doc[] => path.map(print, "body" as never);
  switch (node.kind) {
    case "printed-file":
      return printDeclarations(node.nodes, path.map(print, "nodes" as never), node.span.end, printing);
    case "import":
    case "let":
    case "dim":
    case "block":
    case "model":
      return printDeclaration(node, body, printing);
    default:
      return printStatement(node, body, printing);
  }
}
