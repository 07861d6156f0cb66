import { declarationKeywords, NumberLiteral, statementKeywords, valueKeywords } from "./tokens.ts";

/** A TextMate grammar for editors, from the tokens. Ends with a line break. */
export function textMateGrammar(): string {
  const words = (keywords: ReadonlyMap<string, unknown>) => [...keywords.keys()].join("|");
  const clauseKeywords = new Map([...statementKeywords].filter(([word]) => word !== "compile"));
  const notALabel = "(?!\\s*:)";
  const grammar = {
    $schema: "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
    name: "Layers",
    scopeName: "source.layers",
    fileTypes: ["layers"],
    patterns: [
      { name: "comment.line.documentation.layers", match: "///(?!/).*$" },
      { name: "comment.line.double-slash.layers", match: "//.*$" },
      { name: "comment.block.layers", begin: "/\\*", end: "\\*/" },
      {
        name: "string.quoted.double.layers",
        begin: '"',
        end: '"|$',
        patterns: [
          { name: "constant.character.escape.layers", match: '\\\\(?:["\\\\/bfnrt]|u[0-9a-fA-F]{4})' },
          { name: "invalid.illegal.escape.layers", match: "\\\\." },
        ],
      },
      { name: "entity.name.tag.layers", match: "\\b[A-Za-z_]\\w*(?=\\s*:)" },
      { name: "variable.parameter.layers", match: "\\b[A-Za-z_]\\w*(?=\\s*=)" },
      {
        match: "\\b(model|block)\\s+([A-Za-z_]\\w*)",
        captures: {
          "1": { name: "keyword.declaration.layers" },
          "2": { name: "entity.name.type.layers" },
        },
      },
      { name: "keyword.declaration.layers", match: `\\b(?:${words(declarationKeywords)}|from)\\b${notALabel}` },
      { name: "keyword.control.layers", match: `\\b(?:${words(clauseKeywords)})\\b${notALabel}` },
      { name: "keyword.control.layers", match: "\\bcompile(?=\\s*\\()" },
      { name: "keyword.control.layers", match: '(?<=")\\s*prefix\\b(?=\\s*")' },
      { name: "constant.language.layers", match: `\\b(?:${words(valueKeywords)})\\b` },
      { name: "constant.numeric.layers", match: `(?<![\\w.])${(NumberLiteral.PATTERN as RegExp).source}` },
      { name: "entity.name.function.layers", match: "\\b[A-Za-z_]\\w*(?=\\s*\\()" },
      { name: "keyword.operator.layers", match: "->|\\*\\*|[-+*/%=]" },
    ],
  };
  return `${JSON.stringify(grammar, undefined, 2)}\n`;
}
