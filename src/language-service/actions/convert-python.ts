import { hasErrors, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import { foreignScript } from "../../syntax/dialects/scripts.ts";
import { parseSource } from "../../syntax/parse-source.ts";
import type { Source } from "../../syntax/source.ts";
import type { Analysis } from "../analysis.ts";
import { applyEdits } from "../edits/apply-edits.ts";
import { isLikePython, pastedPythonAt, selectedLines, type PastedPython } from "../python/pasted-python.ts";
import type { TextEdit } from "../text-edit.ts";
import type { ActionRequest, CodeAction } from "./code-action.ts";

/**
 * Python of Keras that was pasted, between declarations or into a body, as what it makes of layers. It is offered where it mends
 * something: for the Python that stands at what is wrong, and for what is selected.
 */
export async function convertPython({ analysis, range, touched }: ActionRequest): Promise<readonly CodeAction[]> {
  const { source, result } = analysis;
  // Of a file that is nothing but a script, the diagnostic has it as its fix.
  if (touched.some(({ code, fix }) => code === foreignScript.code && fix !== undefined)) return [];
  if (!hasErrors(result.diagnostics)) return [];
  const isSelected = range.start < range.end;
  const found = isSelected ? selectedLines(source.text, range) : pastedPythonAt(source.text, range.start);
  const converted = found && (await convert(found, analysis));
  if (found === undefined || converted === undefined) return [];
  const { title, edits } = converted;
  const isMended = ({ code, span }: Diagnostic): boolean =>
    code === foreignScript.code || (span?.file === source.path && touches(span, found));
  const diagnostics = result.diagnostics.filter((one) => one.severity === "error" && isMended(one));
  const kind = isSelected ? "refactor.rewrite" : "quickfix";
  return [{ kind, title, isPreferred: false, diagnostics, edits }];
}

async function convert(
  found: PastedPython,
  { source, file }: Analysis,
): Promise<{ readonly title: string; readonly edits: readonly TextEdit[] } | undefined> {
  const { conversionTitle, convertPart } = await import("../../importers/convert-part.ts");
  const { text } = source;
  const python = text.slice(found.start, found.end);
  if (!isLikePython(python)) return undefined;
  const indent = /[ \t]*$/.exec(text.slice(0, found.start))?.[0] ?? "";
  const body = file.declarations.find(({ span }) => span.start < found.start && found.end < span.end);
  const hasInput = body !== undefined && "body" in body && body.body.some(({ kind }) => kind === "input");
  const written = await convertPart(indent + python, {
    into: found.into,
    withInput: body?.kind !== "block" && !hasInput,
    taken: file.declarations.flatMap(({ name }) => (name.text === "" ? [] : [name.text])),
  });
  if (written === undefined) return undefined;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const laidOut = written.replaceAll(/\n(?=[^\n])/g, `\n${indent}`).replaceAll("\n", eol);
  const edits = [{ span: { file: source.path, start: found.start, end: found.end }, text: laidOut }];
  const left = errorsOf({ path: source.path, text: applyEdits(text, edits) });
  const place = { start: found.start, end: found.start + laidOut.length };
  // Where several places are one report, there may be as many as before.
  if (left.length > errorsOf(source).length || left.some(({ span }) => span && touches(span, place))) return undefined;
  return { title: conversionTitle(python), edits };
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function touches(one: Place, other: Place): boolean {
  return one.start <= other.end && other.start <= one.end;
}

/** What the grammar does not take, habits of other languages included. */
function errorsOf(source: Source): readonly Diagnostic[] {
  return parseSource(source).diagnostics.filter(({ severity }) => severity === "error");
}
