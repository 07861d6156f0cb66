import { html, svg, type TemplateResult } from "lit-html";
import { count, short } from "../../page/format.ts";
import type { Measure } from "./history.ts";

const [width, height] = [300, 100];

/** A value over the epochs: a line for the points that are trained on, a broken one for those that are held back. */
export function curves(
  name: string,
  measures: readonly Measure[],
): TemplateResult {
  const values = measures.flatMap(({ training, test }) => [
    training[name] ?? NaN,
    test[name] ?? NaN,
  ]);
  const finite = values.filter(Number.isFinite);
  const isShare = /accuracy/.test(name);
  const [least, most] = isShare
    ? [0, 1]
    : [Math.min(0, ...finite), Math.max(0, ...finite)];
  const epochs = measures.at(-1)?.epoch ?? 0;
  const line = (of: "training" | "test"): string =>
    measures
      .filter((measure) => Number.isFinite(measure[of][name]))
      .map((measure) => {
        const x = (measure.epoch / Math.max(epochs, 1e-9)) * width;
        const part = (measure[of][name]! - least) / (most - least || 1);
        return `${x.toFixed(1)},${((1 - part) * height).toFixed(1)}`;
      })
      .join(" ");
  const last = measures.at(-1);
  const told = (of: "training" | "test"): string =>
    short(last?.[of][name] ?? NaN);
  return html`<figure class="curves">
    <figcaption>${titleOf(name)}</figcaption>
    <span class="most">${short(most)}</span>
    <span class="least">${short(least)}</span>
    <svg
      viewBox="0 0 ${width} ${height}"
      preserveAspectRatio="none"
      role="img"
      aria-label="${titleOf(name)} over ${count(Math.floor(epochs))} epochs: now ${told("training")} in training, ${told("test")} in the test"
    >
      ${svg`<polyline class="of-training" points=${line("training")}></polyline>
      <polyline class="of-test" points=${line("test")}></polyline>`}
    </svg>
  </figure>`;
}

/** `mean_absolute_error` as words. */
export function titleOf(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
