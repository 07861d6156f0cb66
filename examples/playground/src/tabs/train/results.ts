import { html, type TemplateResult } from "lit-html";
import { count, short } from "../../page/format.ts";
import { curves, titleOf } from "./curves.ts";
import type { History } from "./history.ts";

/** How well it goes: a table of what is measured, and the curves of the loss and of the metric that says most. */
export function results({ last, measures }: History): TemplateResult {
  const names = Object.keys(last?.training ?? { loss: NaN });
  const metric =
    names.find((name) => name === "accuracy") ??
    names.find((name) => name !== "loss");
  return html`<table class="measures">
      <thead>
        <tr>
          <th scope="col">Epoch ${count(Math.floor(last?.epoch ?? 0))}</th>
          <th scope="col" class="number">
            <span class="key of-training"></span> Training
          </th>
          <th scope="col" class="number">
            <span class="key of-test"></span> Test
          </th>
        </tr>
      </thead>
      <tbody>
        ${names.map(
          (name) =>
            html`<tr>
              <th scope="row">${titleOf(name)}</th>
              <td class="number">${rounded(last?.training[name])}</td>
              <td class="number">${rounded(last?.test[name])}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${curves("loss", measures)}
    ${metric === undefined ? "" : curves(metric, measures)}`;
}

/** What is said to those who don't see the curves. */
export function describeResults({ last }: History): string {
  if (last === undefined) return "";
  const values = Object.entries(last.test).map(
    ([name, value]) => `${titleOf(name).toLowerCase()} ${rounded(value)}`,
  );
  return `Epoch ${Math.floor(last.epoch)}, in the test: ${values.join(", ")}`;
}

/** Three digits: more would not stand still. */
function rounded(value = NaN): string {
  return Number.isFinite(value) && Math.abs(value) < 1000
    ? value.toFixed(3)
    : short(value);
}
