import { StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  EditorView,
  WidgetType,
  type DecorationSet,
} from "@codemirror/view";
import type { InlayHint } from "vscode-languageserver-protocol";
import type { QuietAnswer } from "./quiet.ts";

/** Shapes behind layers and names of arguments, as the server tells them. */
export const inlayHints: QuietAnswer = {
  get extension() {
    return hintField;
  },
  async ask({ dispatch, state }, plugin, isCurrent) {
    const end = plugin.toPosition(state.doc.length);
    const hints = await plugin.client.request<unknown, InlayHint[] | null>(
      "textDocument/inlayHint",
      {
        textDocument: { uri: plugin.uri },
        range: { start: { line: 0, character: 0 }, end },
      },
    );
    if (!isCurrent()) return;
    const decorations = (hints ?? []).map((hint) =>
      Decoration.widget({ widget: new HintWidget(hint), side: 1 }).range(
        plugin.fromPosition(hint.position),
      ),
    );
    dispatch({ effects: setHints.of(Decoration.set(decorations, true)) });
  },
};

const setHints = StateEffect.define<DecorationSet>();

const hintField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(hints, { changes, effects }) {
    const told = effects.find((effect) => effect.is(setHints));
    return told?.value ?? hints.map(changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

class HintWidget extends WidgetType {
  readonly #text: string;

  constructor({ label, paddingLeft }: InlayHint) {
    super();
    const text =
      typeof label === "string"
        ? label
        : label.map(({ value }) => value).join("");
    this.#text = paddingLeft === true ? ` ${text}` : text;
  }

  override eq(other: HintWidget): boolean {
    return other.#text === this.#text;
  }

  toDOM(): HTMLElement {
    const hint = document.createElement("span");
    hint.className = "cm-inlay-hint";
    hint.textContent = this.#text;
    return hint;
  }
}
