import { html, nothing, render, type TemplateResult } from "lit-html";
import type { SampleFile } from "../../files/examples.ts";
import type { Built, BuiltModel } from "../../model/built.ts";
import type { RunnerHost } from "../../model/runner-host.ts";
import { count } from "../../page/format.ts";
import { oneAtATime } from "../../page/one-at-a-time.ts";
import { modelChoice } from "../model-choice.ts";
import { noModel } from "../no-model.ts";
import type { Page, TabView } from "../tab.ts";
import { readRow, writeRow } from "./csv.ts";
import { inputKind, type InputKind } from "./input-kind.ts";
import { describeOutputs, outputBars } from "./outputs.ts";
import { Pad } from "./pad.ts";
import { samplesFor, withRange } from "./samples.ts";
import { sliders } from "./sliders.ts";
import { reasonOf } from "../../page/reason.ts";

/** As many inputs have a slider each. */
const mostSliders = 16;
/** As many are shown as a row. */
const mostCells = 4096;

export class TryItView implements TabView {
  readonly #panel: HTMLElement;
  readonly #page: Page;
  readonly #runner: RunnerHost;
  readonly #pad = new Pad((values) => this.#setValues(values));
  #built: Built | undefined;
  #chosen: string | undefined;
  #dim = 4;
  #kind: InputKind = { length: 0, from: 0, to: 1, step: 0.01 };
  #values: Float32Array = new Float32Array();
  #samples: SampleFile | undefined;
  #nextSample = 0;
  #row = "";
  /** What is wrong with the row. */
  #rowProblem: string | undefined;
  /** Why the model could not be loaded or run. */
  #problem: string | undefined;
  #outputs: Float32Array | undefined;
  #isRandom = false;
  /** The newest text whose module is loaded, or being loaded. */
  #turn = 0;
  /** The turn whose inputs are there. */
  #shown = 0;
  /** The turn whose module can be run. */
  #loaded = 0;
  readonly #fetch = oneAtATime(() => this.#fetchModule());
  /** Runs the model on the newest inputs; those that come meanwhile wait, the last of them only. */
  readonly #run = oneAtATime(() => this.#forward());

  constructor(panel: HTMLElement, page: Page, runner: RunnerHost) {
    this.#panel = panel;
    this.#page = page;
    this.#runner = runner;
  }

  show(built: Built): void {
    this.#built = built;
    void this.#load();
  }

  get #model(): BuiltModel | undefined {
    const models = this.#built?.models ?? [];
    return models.find(({ name }) => name === this.#chosen) ?? models.at(-1);
  }

  /** Loads the module of the chosen model, and runs it on the inputs that are there, if it takes as many. */
  async #load(): Promise<void> {
    const turn = ++this.#turn;
    const [built, model] = [this.#built, this.#model];
    this.#outputs = undefined;
    this.#problem = undefined;
    if (built === undefined || model === undefined) return this.#draw();
    const samples = await samplesFor(built, model);
    if (turn !== this.#turn) return;
    const isNew = samples !== this.#samples;
    this.#samples = samples;
    this.#kind = withRange(inputKind(model, this.#dim), samples);
    if (isNew || this.#values.length !== this.#kind.length) this.#firstValues();
    this.#shown = turn;
    this.#draw();
    this.#fetch();
  }

  /** Never twice at a time: each key would add another one to those that nobody waits for any more. */
  async #fetchModule(): Promise<void> {
    const turn = this.#turn;
    const [built, model] = [this.#built, this.#model];
    if (this.#shown !== turn || built === undefined || model === undefined)
      return;
    try {
      const runnable = await this.#runner.runnable(
        built,
        model.name,
        "typescript",
      );
      if (turn !== this.#turn) return;
      await this.#runner.load(runnable);
      if (turn !== this.#turn) return;
      this.#isRandom = runnable.random;
      this.#loaded = turn;
      this.#run();
    } catch (error) {
      if (turn === this.#turn) this.#fail(error);
    }
  }

  #firstValues(): void {
    this.#values = new Float32Array(this.#kind.length);
    if (this.#samples !== undefined) this.#takeSample();
    else if (this.#kind.grid === undefined) this.#randomValues();
    this.#writeRow();
  }

  #writeRow(): void {
    this.#row = this.#values.length > mostCells ? "" : writeRow(this.#values);
    this.#rowProblem = undefined;
  }

  #takeSample(): void {
    const { x } = this.#samples!;
    this.#values = Float32Array.from(x[this.#nextSample++ % x.length]!);
  }

  #randomValues(): void {
    const { from, to, step } = this.#kind;
    const steps = Math.floor((to - from) / step);
    this.#values = this.#values.map(
      () => from + step * Math.floor(Math.random() * (steps + 1)),
    );
  }

  #setValues(values: Float32Array): void {
    this.#values = values;
    this.#writeRow();
    this.#draw();
    this.#run();
  }

  #readRow(text: string): void {
    const read = readRow(text, this.#kind.length);
    this.#row = text;
    if (read.ok) {
      this.#values = read.values;
      this.#rowProblem = undefined;
      this.#run();
    } else this.#rowProblem = read.problem;
    this.#draw();
  }

  async #forward(): Promise<void> {
    const turn = this.#turn;
    // A model that is still being loaded runs when it is there.
    if (this.#loaded !== turn) return;
    try {
      const outputs = await this.#runner.forward(this.#values);
      if (turn === this.#turn) this.#tell(outputs);
    } catch (error) {
      if (turn === this.#turn) this.#fail(error);
    }
  }

  #tell(outputs: Float32Array): void {
    this.#outputs = outputs;
    this.#problem = undefined;
    this.#draw();
    this.#page.say(describeOutputs(outputs, this.#model?.labels));
  }

  #fail(error: unknown): void {
    this.#problem = reasonOf(error);
    this.#outputs = undefined;
    this.#draw();
  }

  #draw(): void {
    const model = this.#model;
    render(
      model === undefined
        ? html`<p>${noModel(this.#built!, "The file has no model to try.")}</p>`
        : this.#content(model),
      this.#panel,
    );
    const { grid } = this.#kind;
    if (grid !== undefined)
      this.#pad.show(this.#values, { ...this.#kind, grid });
  }

  #content(model: BuiltModel): TemplateResult {
    return html`<div class="try">
      <section aria-label="Input">
        ${modelChoice(this.#built!, model.name, (name) => {
          this.#chosen = name;
          void this.#load();
        })}
        ${this.#dims(model)} ${this.#inputs()} ${this.#buttons()} ${this.#csv()}
        <p id="csv-problem" class="problem" role="alert">
          ${this.#rowProblem ?? this.#problem ?? ""}
        </p>
      </section>
      <section aria-label="Output">
        ${
          this.#outputs === undefined
            ? nothing
            : outputBars(this.#outputs, model.labels)
        }
        <p class="note">${this.#note(model)}</p>
      </section>
    </div>`;
  }

  #note({ name }: BuiltModel): string {
    if ((this.#rowProblem ?? this.#problem) !== undefined) return "";
    if (this.#outputs === undefined) return "Running …";
    const { missing, module } = this.#built!;
    if (!this.#isRandom)
      return `Computed by ${module!.name}, compiled to JavaScript.`;
    // What to do for a file that is not here is said above.
    return missing.length > 0
      ? "Computed with random weights, always the same."
      : `${name} has no trained weights here: these are random ones, always the same. Give it a weights clause, or drop a model file.`;
  }

  #dims({ dims }: BuiltModel): TemplateResult | typeof nothing {
    if (dims.length === 0) return nothing;
    return html`<label class="field">
      ${dims.join(", ")}
      <input
        type="number"
        min="1"
        max="64"
        .value=${String(this.#dim)}
        @change=${({ target }: { target: HTMLInputElement }) => {
          this.#dim = Math.min(
            64,
            Math.max(1, Math.floor(Number(target.value)) || 1),
          );
          void this.#load();
        }}
      />
    </label>`;
  }

  #inputs(): TemplateResult | typeof nothing {
    const { grid, length } = this.#kind;
    if (grid !== undefined)
      return html`<p class="note">Draw here</p>
        ${this.#pad.canvas}`;
    if (length > mostSliders) return nothing;
    return sliders(
      this.#values,
      this.#kind,
      this.#samples?.features,
      (values) => this.#setValues(values),
    );
  }

  #buttons(): TemplateResult {
    const button = (title: string, run: () => void): TemplateResult =>
      html`<button
        type="button"
        @click=${() => {
          run();
          this.#setValues(this.#values);
        }}
      >
        ${title}
      </button>`;
    return html`<div class="buttons">
      ${
        this.#samples === undefined
          ? nothing
          : button("Next sample", () => this.#takeSample())
      }
      ${button("Random", () => this.#randomValues())}
      ${button("Clear", () => (this.#values = this.#values.map(() => 0)))}
    </div>`;
  }

  #csv(): TemplateResult {
    const { length } = this.#kind;
    if (length > mostCells)
      return html`<p class="note">
        ${count(length)} inputs are too many to show.
      </p>`;
    return html`<label class="field csv">
      A row of CSV
      <textarea
        rows="2"
        spellcheck="false"
        autocomplete="off"
        aria-describedby="csv-problem"
        .value=${this.#row}
        @input=${({ target }: { target: HTMLTextAreaElement }) =>
          this.#readRow(target.value)}
      ></textarea>
    </label>`;
  }
}
