import { hasErrors, type Diagnostic } from "../diagnostics/diagnostic.ts";
import { mapLines, type Position } from "../diagnostics/line-map.ts";
import { parseAsWritten, parseSource } from "../syntax/parse-source.ts";
import { printedFile, type PrintedFile } from "./printed-file.ts";

/**
 * Parses a text for Prettier. What the grammar lets pass is printed as it is written, whatever the compiler says of it. Throws the
 * first error of syntax in the form in which Prettier shows it, with the lines around.
 */
export function parseToPrint(text: string, path = "model.layers"): PrintedFile {
  const source = { path, text };
  const { value, diagnostics } = parseAsWritten(source);
  if (!hasErrors(diagnostics)) return printedFile(value);
  // In the compiler's words, which know the habits of other languages.
  const told = [...parseSource(source).diagnostics, ...diagnostics].find(({ severity }) => severity === "error");
  throw syntaxError(told as Diagnostic, text);
}

/** As Prettier knows errors of its own parsers: it adds the lines of the text to the message. */
interface PlacedSyntaxError extends SyntaxError {
  loc?: { readonly start: Position; readonly end?: Position };
}

function syntaxError({ message, help, span }: Diagnostic, text: string): PlacedSyntaxError {
  const said = help === undefined ? message : `${message}; ${help.replaceAll("\n", "; ")}`;
  if (span === undefined) return new SyntaxError(said);
  const lines = mapLines(text);
  const start = lines.position(span.start);
  const error: PlacedSyntaxError = new SyntaxError(`${said} (${start.line}:${start.column})`);
  error.loc = span.end > span.start ? { start, end: lines.position(span.end) } : { start };
  return error;
}
