import { javascript } from "@codemirror/lang-javascript";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { searchKeymap } from "@codemirror/search";
import { linkedLineField } from "./linked-lines.ts";
import { theme } from "./theme.ts";

/** Code to read. Tells on which line, from 1, the reader has put the cursor. */
export function createCodeView(
  parent: Element,
  label: string,
  cursorAt: (line: number) => void,
): EditorView {
  const state = EditorState.create({
    extensions: [
      lineNumbers(),
      EditorState.readOnly.of(true),
      EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
      javascript({ typescript: true }),
      keymap.of(searchKeymap),
      linkedLineField,
      theme,
      EditorView.updateListener.of(({ selectionSet, docChanged, state }) => {
        if (selectionSet && !docChanged)
          cursorAt(state.doc.lineAt(state.selection.main.head).number);
      }),
    ],
  });
  return new EditorView({ parent, state });
}
