import { html, nothing, type TemplateResult } from "lit-html";
import type { Built } from "../model/built.ts";

/** Which model of a file is meant, where it has several. */
export function modelChoice(
  { models }: Built,
  chosen: string,
  choose: (name: string) => void,
): TemplateResult | typeof nothing {
  if (models.length < 2) return nothing;
  return html`<label class="field">
    Model
    <select
      @change=${({ target }: { target: HTMLSelectElement }) =>
        choose(target.value)}
    >
      ${models.map(
        ({ name }) =>
          html`<option value=${name} .selected=${name === chosen}>
            ${name}
          </option>`,
      )}
    </select>
  </label>`;
}
