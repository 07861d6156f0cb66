import { checkProgram } from "../../check/check-program.ts";
import { definitionAt, occurrencesOf } from "../../check/semantics/definition-at.ts";
import type { Definition } from "../../check/semantics/definition.ts";
import type { Diagnostic, Span } from "../../diagnostics/diagnostic.ts";
import { builtins } from "../../check/words.ts";
import type { Analysis } from "../analysis.ts";
import { editProgram } from "../edits/edit-program.ts";
import { moveOffset } from "../edits/move-offset.ts";
import type { TextEdit } from "../text-edit.ts";
import { findReferences } from "./references.ts";

/** What can be renamed at an offset: the place of the name, and the text that stands there. */
export interface RenameTarget {
  readonly span: Span;
  readonly text: string;
}

/** An answer, or why there is none, as a sentence for the user. */
export type RenameResult<Answer> =
  { readonly ok: true; readonly value: Answer } | { readonly ok: false; readonly reason: string };

/** Whether the name at an offset can be renamed. Undefined where no name stands. */
export function prepareRename({ source, result }: Analysis, offset: number): RenameResult<RenameTarget> | undefined {
  const definition = definitionAt(result.index, source.path, offset);
  if (definition === undefined) {
    const word = wordAt(source.text, offset);
    const kind = word === undefined ? undefined : builtins.get(word);
    return kind === undefined ? undefined : refuse(`'${word}' is ${article(kind)} of the language and keeps its name`);
  }
  if (definition.kind === "import") return refuse(`'${definition.name}' is declared in a file that can't be found`);
  const places = occurrencesOf(definition);
  const span = places.find(({ file, start, end }) => file === source.path && start <= offset && offset <= end);
  if (span === undefined) return undefined;
  return { ok: true, value: { span, text: source.text.slice(span.start, span.end) } };
}

/**
 * The edits that give the name at an offset another one, in all files of the program and of `others`, which may import its
 * declaration. The name of a layer may be written in quotes. Refuses what would change the meaning of anything.
 */
export function rename(
  analysis: Analysis,
  offset: number,
  newName: string,
  others: readonly Analysis[] = [],
): RenameResult<readonly TextEdit[]> {
  const { source, result } = analysis;
  const prepared = prepareRename(analysis, offset);
  if (prepared === undefined) return refuse("no name stands here");
  if (!prepared.ok) return prepared;
  const definition = definitionAt(result.index, source.path, offset) as Definition;
  const problem = definition.kind === "label" ? undefined : nameProblem(newName);
  if (problem !== undefined) return refuse(problem);
  const text = definition.kind === "label" ? writeLabel(newName) : newName;
  if (text === undefined) return refuse("a layer needs a name");
  if (text === prepared.value.text) return { ok: true, value: [] };
  const edits = findReferences(analysis, offset, others).map(({ span }): TextEdit => ({ span, text }));
  for (const each of [analysis, ...others]) {
    const change = changeOfMeaning(each, definition, edits, newName);
    if (change !== undefined) return refuse(change);
  }
  return { ok: true, value: edits };
}

function refuse(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}

/** Why a declaration can't have a name. */
function nameProblem(name: string): string | undefined {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    return `'${name}' is no name: a letter or _, then letters, digits and _`;
  }
  if (["true", "false", "none"].includes(name)) return `'${name}' is a value of the language`;
  const kind = builtins.get(name);
  return kind === undefined ? undefined : `'${name}' is ${article(kind)} of the language`;
}

function article(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
}

/** A label as a model file has it: quotes that are typed stay, and others come where they are needed. */
function writeLabel(name: string): string | undefined {
  if (/^"(?:[^"\\\u0000-\u001f]|\\.)+"$/.test(name)) return name;
  if (name === "") return undefined;
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : JSON.stringify(name);
}

/**
 * What is wrong with a program after edits that give a definition another name: an error that was not there, or another name
 * that means something else. The checker itself is asked, so that every rule of the language counts.
 */
function changeOfMeaning(
  analysis: Analysis,
  definition: Definition,
  edits: readonly TextEdit[],
  name: string,
): string | undefined {
  const { program, loaded } = editProgram(analysis.program, edits);
  const { value, diagnostics } = checkProgram(program, loaded);
  const before = analysis.result.diagnostics;
  const known = new Set(before.map(({ code, span }) => `${code} ${span && moved(span, edits)}`));
  const found = [...loaded, ...diagnostics].find(({ code, span }) => !known.has(`${code} ${span && keyOf(span)}`));
  if (found !== undefined) return problemOf(found, name);
  const meanings = new Set(value.index.definitions.map((each) => occurrencesOf(each).map(keyOf).sort().join(" ")));
  const changed = analysis.result.index.definitions.find(
    (each) =>
      !meanings.has(
        occurrencesOf(each)
          .map((span) => moved(span, edits))
          .sort()
          .join(" "),
      ),
  );
  if (changed === undefined) return undefined;
  return changed.name === definition.name
    ? `'${name}' means something else where '${definition.name}' is used`
    : `'${changed.name}' would mean something else then`;
}

function problemOf({ message, severity }: Diagnostic, name: string): string {
  return severity === "error" ? message : `'${name}' can't be the name: ${message}`;
}

function keyOf({ file, start, end }: Span): string {
  return `${file}:${start}:${end}`;
}

/** A place behind the edits. */
function moved({ file, start, end }: Span, edits: readonly TextEdit[]): string {
  const own = edits.filter(({ span }) => span.file === file);
  return keyOf({ file, start: moveOffset(start, own, "start"), end: moveOffset(end, own, "end") });
}

function wordAt(text: string, offset: number): string | undefined {
  const before = /\w*$/.exec(text.slice(Math.max(0, offset - 100), offset))?.[0] ?? "";
  const behind = /^\w*/.exec(text.slice(offset, offset + 100))?.[0] ?? "";
  return before + behind === "" ? undefined : before + behind;
}
