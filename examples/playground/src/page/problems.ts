import { forEachDiagnostic, type Diagnostic } from "@codemirror/lint";
import { EditorView } from "@codemirror/view";
import { html, nothing, render, type TemplateResult } from "lit-html";

/** The list of what is wrong, below the editor: each with its line, to go there, and its fixes. */
export class Problems {
  readonly #place: HTMLElement;
  #isOpen = false;

  constructor(place: HTMLElement) {
    this.#place = place;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  toggle(editor: EditorView): void {
    this.#isOpen = !this.#isOpen;
    this.draw(editor);
  }

  draw(editor: EditorView): void {
    const found: Diagnostic[] = [];
    forEachDiagnostic(editor.state, (diagnostic, from, to) =>
      found.push({ ...diagnostic, from, to }),
    );
    render(
      this.#isOpen
        ? html`<ul class="problems" aria-label="Problems">
            ${
              found.length === 0
                ? html`<li>There are no problems.</li>`
                : found.map((one) => problem(editor, one))
            }
          </ul>`
        : nothing,
      this.#place,
    );
  }
}

function problem(editor: EditorView, diagnostic: Diagnostic): TemplateResult {
  const { actions = [], from, message, severity, to } = diagnostic;
  const line = editor.state.doc.lineAt(from).number;
  return html`<li class=${severity}>
    <button
      type="button"
      class="place"
      @click=${() => {
        editor.dispatch({
          selection: { anchor: from, head: to },
          effects: EditorView.scrollIntoView(from, { y: "center" }),
        });
        editor.focus();
      }}
    >
      Line ${line}
    </button>
    <span class="message">${message}</span>
    ${actions.map(
      ({ name, apply }) =>
        html`<button
          type="button"
          class="fix"
          @click=${() => apply(editor, from, to)}
        >
          ${name}
        </button>`,
    )}
  </li>`;
}
