import { html, nothing, type TemplateResult } from "lit-html";
import { count, short } from "../../page/format.ts";

/** Bars are drawn for so many values. */
const most = 100;

/** The outputs of a model as bars, the largest one marked. */
export function outputBars(
  outputs: Float32Array,
  labels: readonly string[] | undefined,
): TemplateResult {
  const shown = Array.from(outputs.subarray(0, most));
  const finite = shown.filter(Number.isFinite);
  const scale = Math.max(1e-12, ...finite.map(Math.abs));
  const isProbability = finite.every((value) => value >= 0 && value <= 1);
  const largest = Math.max(...finite);
  // Values of both signs grow from a line in the middle.
  const isSigned = finite.some((value) => value < 0);
  return html`<ol
      class=${isSigned ? "bars signed" : "bars"}
      aria-label="Outputs"
    >
      ${shown.map((value, at) => {
        const size = Math.abs(value) / (isProbability ? 1 : scale);
        const part = Number.isFinite(size) ? size : 0;
        const isBest = value === largest && shown.length > 1;
        return html`<li class=${isBest ? "best" : ""}>
          <span class="label">${labelOf(at, labels)}</span>
          <span
            class=${value < 0 ? "bar negative" : "bar"}
            .style=${`--part: ${part}`}
          ></span>
          <span class="value" title=${value}>
            ${isProbability ? value.toFixed(4) : short(value)}
          </span>
        </li>`;
      })}
    </ol>
    ${
      outputs.length > most
        ? html`<p class="note">
            And ${count(outputs.length - most)} more values.
          </p>`
        : nothing
    }`;
}

/** What is said of outputs to those who don't see the bars. */
export function describeOutputs(
  outputs: Float32Array,
  labels: readonly string[] | undefined,
): string {
  const largest = outputs.reduce((a, b) => Math.max(a, b), -Infinity);
  const at = outputs.indexOf(largest);
  return outputs.length === 1
    ? `Output ${short(outputs[0]!)}`
    : `Largest output: ${labelOf(at, labels)}, ${short(largest)}`;
}

/** Labels stand for the places along the last axis. */
function labelOf(at: number, labels: readonly string[] | undefined): string {
  return labels?.[at % labels.length] ?? String(at);
}
