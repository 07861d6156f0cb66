import { diagnosticCount, forEachDiagnostic } from "@codemirror/lint";
import { formatDocument } from "@codemirror/lsp-client";
import type { EditorView } from "@codemirror/view";
import { html, render, type TemplateResult } from "lit-html";
import { documentOf } from "../editor/document.ts";
import { showCodeActions } from "../language/code-actions.ts";
import type { LastGood } from "../model/last-good.ts";
import { Problems } from "./problems.ts";

/** What is below the editor: the file's name, what is wrong with it, and what can be done about it. */
export class Status {
  readonly #models: LastGood;
  readonly #line = document.createElement("div");
  readonly #problems: Problems;

  constructor(place: HTMLElement, models: LastGood) {
    this.#models = models;
    const problems = document.createElement("div");
    this.#line.className = "line";
    this.#problems = new Problems(problems);
    place.append(problems, this.#line);
  }

  draw(editor: EditorView): void {
    this.#problems.draw(editor);
    render(this.#content(editor), this.#line);
  }

  #content(editor: EditorView): TemplateResult {
    const { kind, text } = describe(editor);
    const doing = this.#models.state.isBuilding ? "compiling …" : "";
    return html`<span class="file">${documentOf(editor.state).name}</span>
      <span class="doing" aria-hidden="true">${doing}</span>
      <button
        type="button"
        id="problems"
        class=${kind}
        aria-expanded=${this.#problems.isOpen}
        @click=${() => {
          this.#problems.toggle(editor);
          this.draw(editor);
        }}
      >
        ${text}
      </button>
      <button
        type="button"
        title="Ctrl+. in the editor"
        @click=${() => showCodeActions(editor)}
      >
        Actions
      </button>
      <button
        type="button"
        title="Shift+Alt+F in the editor"
        @click=${() => formatDocument(editor)}
      >
        Format
      </button>`;
  }
}

/** How many problems there are, of which kind the worst is. */
function describe({ state }: EditorView): { kind: string; text: string } {
  const total = diagnosticCount(state);
  if (total === 0)
    return state.doc.toString().trim() === ""
      ? { kind: "", text: "No text" }
      : { kind: "fine", text: "No problems" };
  let errors = 0;
  forEachDiagnostic(state, ({ severity }) => {
    if (severity === "error") errors++;
  });
  const plural = (number: number, what: string): string =>
    `${number} ${what}${number === 1 ? "" : "s"}`;
  return errors > 0
    ? { kind: "bad", text: plural(errors, "error") }
    : { kind: "notable", text: plural(total, "note") };
}
