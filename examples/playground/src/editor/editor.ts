import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentUnit } from "@codemirror/language";
import {
  lintGutter,
  nextDiagnostic,
  previousDiagnostic,
} from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import type { SourceFile } from "../model/built.ts";
import { namedDocument } from "./document.ts";
import { layersLanguage } from "./text-mate.ts";
import { theme } from "./theme.ts";
import { wrapIndent } from "./wrap-indent.ts";

/** The editor of the model file. Tab is left to the keyboard's way through the page; Enter and completion indent. */
export function createEditor(
  parent: Element,
  { name, text }: SourceFile,
  server: (name: string) => Extension,
  extensions: Extension,
): EditorView {
  const state = EditorState.create({
    doc: text,
    extensions: [
      extensions,
      lineNumbers(),
      lintGutter(),
      highlightActiveLineGutter(),
      highlightSpecialChars(),
      history(),
      drawSelection(),
      indentUnit.of("  "),
      EditorState.allowMultipleSelections.of(true),
      bracketMatching(),
      closeBrackets(),
      autocompletion(),
      highlightActiveLine(),
      highlightSelectionMatches(),
      EditorView.lineWrapping,
      wrapIndent,
      EditorView.contentAttributes.of({
        "aria-label": "Model file",
        tabindex: "0",
      }),
      keymap.of([
        ...closeBracketsKeymap,
        ...defaultKeymap,
        ...searchKeymap,
        ...historyKeymap,
        ...completionKeymap,
        { key: "F8", run: nextDiagnostic },
        { key: "Shift-F8", run: previousDiagnostic },
      ]),
      layersLanguage,
      theme,
      namedDocument(name, server),
    ],
  });
  return new EditorView({ parent, state });
}
