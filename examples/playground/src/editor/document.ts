import { invertedEffects } from "@codemirror/commands";
import {
  Compartment,
  EditorState,
  StateEffect,
  StateField,
  type Extension,
} from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { SourceFile } from "../model/built.ts";

const setName = StateEffect.define<string>();
const forName = new Compartment();

const nameField = StateField.define<string>({
  create: () => "",
  update: (name, { effects }) =>
    effects.find((effect) => effect.is(setName))?.value ?? name,
});

/**
 * The name of the file that the editor holds. Another file takes the place of the text and the name in one step, which is undone like
 * any other: nothing that was typed is lost. `perName` gives the extensions that depend on the name.
 */
export function namedDocument(
  initial: string,
  perName: (name: string) => Extension,
): Extension {
  return [
    nameField.init(() => initial),
    forName.of(perName(initial)),
    EditorState.transactionExtender.of(({ effects }) => {
      const named = effects.find((effect) => effect.is(setName));
      return named === undefined
        ? null
        : { effects: forName.reconfigure(perName(named.value)) };
    }),
    invertedEffects.of(({ effects, startState }) =>
      effects.some((effect) => effect.is(setName))
        ? [setName.of(startState.field(nameField))]
        : [],
    ),
  ];
}

export function documentOf(state: EditorState): SourceFile {
  return { name: state.field(nameField), text: state.doc.toString() };
}

export function showDocument(view: EditorView, file: SourceFile): void {
  const { doc } = view.state;
  view.dispatch({
    changes: { from: 0, to: doc.length, insert: file.text },
    selection: { anchor: 0 },
    effects: setName.of(file.name),
    scrollIntoView: true,
    userEvent: "input.replace",
  });
}
