import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";

const setLinked = StateEffect.define<readonly number[]>();
const line = Decoration.line({ class: "cm-linked" });

/** Lines that are marked, because the cursor in the other text is at what belongs to them. */
export const linkedLineField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marked, { changes, effects, state }) {
    const told = effects.find((effect) => effect.is(setLinked));
    if (told === undefined) return marked.map(changes);
    const inText = told.value.filter((number) => number <= state.doc.lines);
    return Decoration.set(
      inText.map((number) => line.range(state.doc.line(number).from)),
    );
  },
  provide: (field) => EditorView.decorations.from(field),
});

export function linkedLines(view: EditorView, lines: readonly number[]): void {
  view.dispatch({ effects: setLinked.of(lines) });
}

/** Brings a line into sight, without taking the focus or moving the page. */
export function scrollToLine(view: EditorView, number: number): void {
  if (number > view.state.doc.lines) return;
  const { scrollDOM } = view;
  const block = view.lineBlockAt(view.state.doc.line(number).from);
  const { clientHeight, scrollTop } = scrollDOM;
  const isInSight =
    block.top >= scrollTop && block.bottom <= scrollTop + clientHeight;
  if (!isInSight) scrollDOM.scrollTop = block.top - clientHeight / 3;
}
