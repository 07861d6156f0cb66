import { forEachDiagnostic, type Action } from "@codemirror/lint";
import type { EditorView } from "@codemirror/view";
import { html, nothing, render } from "lit-html";
import type { State } from "../model/last-good.ts";

/** What is said above a view that is not that of the text in the editor, or that lacks something; with the first error's fix. */
export class StaleNotice {
  readonly #message = document.createElement("p");
  readonly #fix = document.createElement("div");

  constructor(place: HTMLElement) {
    place.className = "stale";
    this.#message.setAttribute("role", "status");
    place.append(this.#message, this.#fix);
  }

  draw(state: State, editor: EditorView): void {
    const message = staleMessage(state);
    if (this.#message.textContent !== message)
      this.#message.textContent = message;
    const fix =
      state.errors === undefined ? undefined : fixOf(state.errors, editor);
    render(
      fix === undefined
        ? nothing
        : html`<button type="button" class="fix" @click=${fix.apply}>
            ${fix.name}
          </button>`,
      this.#fix,
    );
  }
}

function staleMessage({ errors, good }: State): string {
  if (errors !== undefined)
    return good === undefined
      ? `There is nothing to show yet: ${first(errors)}`
      : `The text has an error. Shown is ${good.source.name} as it was before: ${first(errors)}`;
  const missing = good?.missing ?? [];
  return missing.length === 0
    ? ""
    : `Without weights: ${missing.join(", ")} is not here. Drop the file on the page to have them.`;
}

/** The first of some errors, without its place, which the editor shows. */
function first(errors: string): string {
  return errors.split("\n")[0]!;
}

/** The fix that the editor has for the first of some errors. */
function fixOf(
  errors: string,
  editor: EditorView,
): { readonly name: string; readonly apply: () => void } | undefined {
  const code = /^error\[([\w-]+)\]/.exec(errors)?.[1];
  let found: { action: Action; from: number; to: number } | undefined;
  forEachDiagnostic(editor.state, ({ actions, source }, from, to) => {
    const [action] = actions ?? [];
    if (
      found === undefined &&
      action !== undefined &&
      source === `layerc ${code}`
    )
      found = { action, from, to };
  });
  if (found === undefined) return undefined;
  const { action, from, to } = found;
  return { name: action.name, apply: () => action.apply(editor, from, to) };
}
