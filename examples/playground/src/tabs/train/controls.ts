import { html, type TemplateResult } from "lit-html";
import { short } from "../../page/format.ts";
import type { DataSet } from "./data-sets/data-set.ts";
import type { Settings, Speed } from "./settings.ts";

/** What the fields need beside the settings. */
interface Given {
  /** Those that fit the model. */
  readonly dataSets: readonly DataSet[];
  /** That of the compile clause; undefined for a schedule. */
  readonly learningRate: number | undefined;
  change(settings: Partial<Settings>): void;
}

const batchSizes = [1, 8, 16, 32, 64, 128, 300];
const speeds: readonly (readonly [Speed, string])[] = [
  [5, "5 epochs a second"],
  [60, "60 epochs a second"],
  ["most", "as fast as it goes"],
];

/** The fields of the tab. */
export function controls(
  settings: Settings,
  { dataSets, learningRate, change }: Given,
): TemplateResult {
  const clause =
    learningRate === undefined ? "a schedule" : short(learningRate);
  return html`<div class="controls">
    ${choice(
      "Data",
      dataSets.map(({ id, title }) => [id, title]),
      settings.dataSet,
      (dataSet) => change({ dataSet }),
    )}
    <label class="field">
      <span>Noise</span>
      <input
        type="range"
        min="0"
        max="1"
        step="0.05"
        .value=${String(settings.noise)}
        @input=${({ target }: InputEvent) =>
          change({ noise: Number(target.value) })}
      />
    </label>
    <label class="field">
      <span>Seed</span>
      <input
        type="number"
        min="0"
        max="9999"
        step="1"
        .value=${String(settings.seed)}
        @change=${({ target }: InputEvent) => {
          const seed = Math.min(
            9999,
            Math.max(0, Math.floor(Number(target.value))),
          );
          target.value = String(seed);
          change({ seed });
        }}
      />
    </label>
    <label class="field">
      <span>Learning rate</span>
      <input
        type="number"
        min="0"
        step="any"
        placeholder=${clause}
        title="Left empty it is that of the compile clause: ${clause}"
        .value=${String(settings.learningRate ?? "")}
        @change=${({ target }: InputEvent) => {
          const given = target.value.trim();
          const isRate = given !== "" && Number(given) >= 0;
          if (!isRate) target.value = "";
          change({ learningRate: isRate ? Number(given) : undefined });
        }}
      />
    </label>
    ${choice(
      "Batch size",
      batchSizes.map((size) => [size, String(size)]),
      settings.batchSize,
      (batchSize) => change({ batchSize }),
    )}
    ${choice("Speed", speeds, settings.speed, (speed) => change({ speed }))}
  </div>`;
}

interface InputEvent {
  readonly target: HTMLInputElement;
}

function choice<Value extends string | number>(
  title: string,
  choices: readonly (readonly [Value, string])[],
  chosen: Value,
  choose: (value: Value) => void,
): TemplateResult {
  return html`<label class="field">
    <span>${title}</span>
    <select
      @change=${({ target }: { target: HTMLSelectElement }) =>
        choose(choices[target.selectedIndex]![0])}
    >
      ${choices.map(
        ([value, text]) =>
          html`<option value=${value} .selected=${value === chosen}>
            ${text}
          </option>`,
      )}
    </select>
  </label>`;
}
