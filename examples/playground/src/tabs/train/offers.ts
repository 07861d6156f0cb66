import { html, nothing, type TemplateResult } from "lit-html";
import curve from "../../../models/curve.layers?raw";
import spirals from "../../../models/spirals.layers?raw";
import { showDocument } from "../../editor/document.ts";
import type { Page } from "../tab.ts";
import type { Fit } from "./task.ts";

/** Models that can be loaded where the one in the editor is none for the tab. */
const examples = [
  {
    what: "a model for points in the plane",
    file: { name: "spirals.layers", text: spirals },
  },
  {
    what: "a model for a curve",
    file: { name: "curve.layers", text: curve },
  },
] as const;

/** Why a model can't be trained here, and what to do. */
export function offers(
  { reason, missing }: Extract<Fit, { ok: false }>,
  { editor, models }: Page,
): TemplateResult {
  const isCurrent = models.state.good?.source.text === models.state.source.text;
  return html`<div class="offers">
    <p>${reason}</p>
    ${
      missing === undefined
        ? nothing
        : html`<p>This line in its body is one for it:</p>
            <pre tabindex="0" aria-label="The line to add">${missing.line}</pre>
            <button
              type="button"
              class="primary"
              ?disabled=${!isCurrent}
              @click=${() => {
                // Its place is one of the text that was compiled.
                if (
                  editor.state.doc.toString() === models.state.good?.source.text
                )
                  editor.dispatch({
                    changes: missing.edit,
                    userEvent: "input",
                  });
              }}
            >
              Add the line
            </button>`
    }
    <p class="note">
      These models can be trained here; undo brings the text back.
    </p>
    <div class="buttons">
      ${examples.map(
        ({ what, file }) =>
          html`<button type="button" @click=${() => showDocument(editor, file)}>
            Load ${what}
          </button>`,
      )}
    </div>
  </div>`;
}
