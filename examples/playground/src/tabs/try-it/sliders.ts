import { html, type TemplateResult } from "lit-html";
import { short } from "../../page/format.ts";
import type { InputKind } from "./input-kind.ts";

/** A slider for each input. */
export function sliders(
  values: Float32Array,
  { from, to, step }: InputKind,
  names: readonly string[] | undefined,
  changed: (values: Float32Array) => void,
): TemplateResult {
  return html`<div class="sliders">
    ${Array.from(
      values,
      (value, at) =>
        html`<label>
          <span>${names?.[at] ?? `input ${at}`}</span>
          <input
            type="range"
            min=${Math.min(from, value)}
            max=${Math.max(to, value)}
            step=${step === 1 ? 1 : "any"}
            .value=${String(value)}
            @input=${({ target }: { target: HTMLInputElement }) => {
              values[at] = Number(target.value);
              changed(values);
            }}
          />
          <output>${short(value)}</output>
        </label>`,
    )}
  </div>`;
}
