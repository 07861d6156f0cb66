import { Text } from "@codemirror/state";
import type { Position, TextEdit } from "vscode-languageserver-protocol";

/** A text that is not open, after edits whose places are all those of the text before. */
export function changedText(text: string, edits: readonly TextEdit[]): string {
  const doc = Text.of(text.split("\n"));
  const offset = ({ line, character }: Position): number =>
    doc.line(line + 1).from + character;
  return edits
    .map(({ newText, range }) => ({
      from: offset(range.start),
      to: offset(range.end),
      newText,
    }))
    .toSorted((a, b) => b.from - a.from)
    .reduce(
      (changed, { from, newText, to }) =>
        changed.replace(from, to, Text.of(newText.split("\n"))),
      doc,
    )
    .toString();
}
