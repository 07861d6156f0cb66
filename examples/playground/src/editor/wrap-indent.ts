import { type Range } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
} from "@codemirror/view";

/** Deeper indents leave a narrow editor no room. */
const mostColumns = 24;

/** A line that is wrapped goes on below its first character, and not below its indent. */
export const wrapIndent = ViewPlugin.define(
  (view) => ({
    decorations: indents(view),
    update({ docChanged, view: now, viewportChanged }) {
      if (docChanged || viewportChanged) this.decorations = indents(now);
    },
  }),
  { decorations: ({ decorations }) => decorations },
);

function indents({ state, visibleRanges }: EditorView): DecorationSet {
  const found: Range<Decoration>[] = [];
  for (const { from, to } of visibleRanges) {
    for (let at = from; at <= to;) {
      const line = state.doc.lineAt(at);
      const columns = columnsOf(/^[ \t]*/.exec(line.text)![0], state.tabSize);
      if (columns > 0) found.push(indented(columns).range(line.from));
      at = line.to + 1;
    }
  }
  return Decoration.set(found);
}

function columnsOf(blanks: string, tabSize: number): number {
  let columns = 0;
  for (const one of blanks)
    columns += one === "\t" ? tabSize - (columns % tabSize) : 1;
  return Math.min(columns, mostColumns);
}

function indented(columns: number): Decoration {
  // 6px are what CodeMirror has before a line.
  const style = `text-indent: -${columns}ch; padding-left: calc(${columns}ch + 6px)`;
  return Decoration.line({ attributes: { style } });
}
