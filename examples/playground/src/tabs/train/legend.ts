import { html, type TemplateResult } from "lit-html";
import type { Task } from "./task.ts";

/** What colours and marks of the picture mean. */
export function legend(
  task: Task,
  labels: readonly string[] | undefined,
): TemplateResult {
  return html`<ul class="legend" aria-label="Colours and marks">
    ${
      task.kind === "curve"
        ? html`<li><span class="stroke"></span>what the model gives</li>`
        : Array.from(
            { length: task.classes },
            (_, at) =>
              html`<li>
                <span
                  class="swatch"
                  .style=${`--swatch: var(--class-${at})`}
                ></span>
                ${labels?.[at] ?? `class ${at}`}
              </li>`,
          )
    }
    <li><span class="mark of-training"></span>trained on</li>
    <li><span class="mark of-test"></span>held back for the test</li>
  </ul>`;
}
