import { LSPPlugin } from "@codemirror/lsp-client";
import { StateEffect, type Extension } from "@codemirror/state";
import {
  ViewPlugin,
  type EditorView,
  type PluginValue,
  type ViewUpdate,
} from "@codemirror/view";

/** Something that the server is asked for whenever the text has come to rest. */
export interface QuietAnswer {
  /** Shows the answer in the editor. `isCurrent` is false once the text has changed again. */
  ask(
    view: EditorView,
    plugin: LSPPlugin,
    isCurrent: () => boolean,
  ): Promise<void>;
  readonly extension: Extension;
}

/** Asks the server anew, though the text is the same: a file that it names has come. */
export const askAgain = StateEffect.define<null>();

/** Milliseconds without a key. */
const rest = 120;

export function answersInQuiet(answers: readonly QuietAnswer[]): Extension {
  class Asking implements PluginValue {
    #timer: ReturnType<typeof setTimeout>;
    #turn = 0;
    readonly #view: EditorView;

    constructor(view: EditorView) {
      this.#view = view;
      this.#timer = setTimeout(() => this.#ask());
    }

    update({ docChanged, transactions }: ViewUpdate): void {
      const isTold = transactions.some(({ effects }) =>
        effects.some((effect) => effect.is(askAgain)),
      );
      if (!docChanged && !isTold) return;
      this.#turn++;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#ask(), rest);
    }

    destroy(): void {
      this.#turn++;
      clearTimeout(this.#timer);
    }

    #ask(): void {
      const plugin = LSPPlugin.get(this.#view);
      if (plugin === null) return;
      const turn = this.#turn;
      plugin.client.sync();
      for (const { ask } of answers) {
        // An answer that fails leaves what is shown as it was; the next edit asks again.
        ask(this.#view, plugin, () => turn === this.#turn).catch(() => {});
      }
    }
  }
  return [
    ViewPlugin.fromClass(Asking),
    ...answers.map(({ extension }) => extension),
  ];
}
