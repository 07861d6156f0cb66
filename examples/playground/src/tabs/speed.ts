import { html, nothing, render, type TemplateResult } from "lit-html";
import type { Built, Runnable, Variant } from "../model/built.ts";
import { RunnerHost } from "../model/runner-host.ts";
import { count } from "../page/format.ts";
import type { Measured, VariantTime } from "../workers/measure.ts";
import { modelChoice } from "./model-choice.ts";
import { noModel } from "./no-model.ts";
import type { Page, Tab, TabView } from "./tab.ts";
import { inputKind } from "./try-it/input-kind.ts";
import { reasonOf } from "../page/reason.ts";

/** How fast a model is on this machine: as naive loops, as TypeScript, and with WebAssembly. */
export const speed: Tab = {
  id: "speed",
  title: "Speed",
  open: (panel, page) => new SpeedView(panel, page),
};

const titles: Readonly<Record<Variant, string>> = {
  naive: "Naive loops",
  typescript: "TypeScript",
  wasm: "WebAssembly",
};
const variants = Object.keys(titles) as readonly Variant[];
/** Samples that take turns, and how many values they have together at most. */
const sampleCount = 32;
const mostValues = 2 ** 20;
/** What an axis counts as that is known only at run time. */
const dim = 16;

class SpeedView implements TabView {
  readonly #panel: HTMLElement;
  readonly #page: Page;
  readonly #runner: RunnerHost;
  #built: Built | undefined;
  #chosen: string | undefined;
  /** From 0 to 1 while it runs. */
  #progress: number | undefined;
  #measured: Measured | undefined;
  #problem: string | undefined;
  #turn = 0;

  constructor(panel: HTMLElement, page: Page) {
    this.#panel = panel;
    this.#page = page;
    this.#runner = new RunnerHost(page.models);
  }

  show(built: Built): void {
    // The same text may have come by weights, or by another text of what it imports.
    if (built === this.#built) return;
    this.#built = built;
    this.#stop();
    this.#measured = undefined;
    this.#problem = undefined;
    this.#draw();
  }

  get #model(): Built["models"][number] | undefined {
    const models = this.#built?.models ?? [];
    return models.find(({ name }) => name === this.#chosen) ?? models.at(-1);
  }

  async #start(): Promise<void> {
    const turn = ++this.#turn;
    const [built, model] = [this.#built!, this.#model!];
    this.#measured = undefined;
    this.#problem = undefined;
    this.#progress = 0;
    this.#draw();
    try {
      const runnables: Runnable[] = [];
      for (const variant of variants)
        runnables.push(await this.#runner.runnable(built, model.name, variant));
      if (turn !== this.#turn) return;
      const { length, from, to, step } = inputKind(model, dim);
      const samples = Math.min(sampleCount, Math.ceil(mostValues / length));
      const inputs = Float32Array.from(
        { length: length * samples },
        () => from + step * Math.floor((Math.random() * (to - from)) / step),
      );
      const measured = await this.#runner.measure(
        runnables,
        inputs,
        length,
        (done) => {
          if (turn !== this.#turn) return;
          this.#progress = done;
          this.#draw();
        },
      );
      if (turn !== this.#turn) return;
      this.#measured = measured;
      this.#page.say(describe(measured));
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#problem = reasonOf(error);
    }
    this.#progress = undefined;
    this.#draw();
  }

  #stop(): void {
    this.#turn++;
    this.#runner.stop();
    this.#progress = undefined;
  }

  #draw(): void {
    const model = this.#model;
    render(
      model === undefined
        ? html`<p>${noModel(this.#built!, "The file has no model to run.")}</p>`
        : html`<div class="speed">
            <p>
              The same model as plain loops, as the module that layerc writes,
              and as the module with WebAssembly in it, on this machine and in
              this browser.
            </p>
            ${modelChoice(this.#built!, model.name, (name) => {
              this.#chosen = name;
              this.#stop();
              this.#measured = undefined;
              this.#draw();
            })}
            <div class="buttons">${this.#button()}</div>
            <p class="problem" role="alert">${this.#problem ?? ""}</p>
            ${this.#measured === undefined ? nothing : results(this.#measured)}
          </div>`,
      this.#panel,
    );
  }

  #button(): TemplateResult {
    return this.#progress === undefined
      ? html`<button
          type="button"
          class="primary"
          @click=${() => void this.#start()}
        >
          Run
        </button>`
      : html`<button
            type="button"
            @click=${() => {
              this.#stop();
              this.#draw();
            }}
          >
            Stop
          </button>
          <progress
            aria-label="Speed run"
            .value=${this.#progress}
          ></progress>`;
  }
}

function results({ results, difference, samples }: Measured): TemplateResult {
  const [naive] = results;
  const most = Math.max(...results.map((one) => one.samplesPerSecond));
  return html`<ol class="bars speeds" aria-label="Samples a second">
      ${results.map((result) => {
        const { variant, samplesPerSecond } = result;
        return html`<li class=${samplesPerSecond === most ? "best" : ""}>
          <span class="label">${titles[variant]}</span>
          <span
            class="bar"
            .style=${`--part: ${samplesPerSecond / most}`}
          ></span>
          <span class="value">
            <strong>${ratio(result, naive!)}</strong>
            ${count(round(samplesPerSecond))} samples a second
          </span>
        </li>`;
      })}
    </ol>
    <p class="note">
      Before, the outputs of all three on ${samples} random samples were
      compared: they differ by at most ${difference.toExponential(1)} of the
      largest. Medians of rounds in turns, after a warm-up, one sample a call.
      ${fallback(results)}
    </p>`;
}

/** What WebAssembly ran as, where that is not WebAssembly. */
function fallback(results: readonly VariantTime[]): string {
  const wasm = results.find(({ variant }) => variant === "wasm");
  return wasm?.backend === "typescript"
    ? "This model or this browser can't run as WebAssembly: its TypeScript loops ran."
    : `WebAssembly ran as ${wasm?.backend}.`;
}

function ratio(one: VariantTime, naive: VariantTime): string {
  return `${(one.samplesPerSecond / naive.samplesPerSecond).toFixed(1)}×`;
}

/** To three digits: more would be noise. */
function round(value: number): number {
  return Number(value.toPrecision(3));
}

function describe({ results }: Measured): string {
  const [naive] = results;
  return `Speed run: ${results
    .map((one) => `${titles[one.variant]} ${ratio(one, naive!)}`)
    .join(", ")}`;
}
