import { proxy } from "comlink";
import { html, nothing, render, type TemplateResult } from "lit-html";
import { saveFile } from "../../files/download.ts";
import type { Built, BuiltModel } from "../../model/built.ts";
import { oneAtATime } from "../../page/one-at-a-time.ts";
import { reasonOf } from "../../page/reason.ts";
import { modelChoice } from "../model-choice.ts";
import { noModel } from "../no-model.ts";
import type { Page, TabView } from "../tab.ts";
import { controls } from "./controls.ts";
import { legend } from "./legend.ts";
import { dataSetsFor, Lesson } from "./lesson.ts";
import { offers } from "./offers.ts";
import { Picture } from "./picture.ts";
import { describeResults, results } from "./results.ts";
import { taskOf } from "./task.ts";
import { weightsEdit, weightsName } from "./weights.ts";

/** Trains the model of the editor, and shows what it makes of the data while it learns. */
export class TrainView implements TabView {
  readonly #panel: HTMLElement;
  readonly #page: Page;
  readonly #picture = new Picture();
  readonly #lesson = new Lesson(() => this.#draw());
  #built: Built | undefined;
  #chosen: string | undefined;
  /** Why the model's trainer could not be made. */
  #problem: string | undefined;
  /** What was done with the weights. */
  #note = "";
  /** Whether training goes on when the tab is open again. */
  #isWaiting = false;
  readonly #load = oneAtATime(() => this.#fetchTrainer());

  constructor(panel: HTMLElement, page: Page) {
    this.#panel = panel;
    this.#page = page;
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
      this.#draw(),
    );
  }

  show(built: Built): void {
    if (this.#isWaiting) this.#lesson.start();
    this.#isWaiting = false;
    if (built === this.#built) return;
    this.#built = built;
    this.#load();
    this.#draw();
  }

  hide(): void {
    this.#isWaiting = this.#lesson.isRunning;
    if (this.#isWaiting) void this.#lesson.pause();
  }

  /** The one that was chosen, else one that can be trained here, else the last one. */
  get #model(): BuiltModel | undefined {
    const models = this.#built?.models ?? [];
    return (
      models.find(({ name }) => name === this.#chosen) ??
      models.findLast((model) => taskOf(model).ok) ??
      models.at(-1)
    );
  }

  async #fetchTrainer(): Promise<void> {
    const [built, model] = [this.#built!, this.#model];
    const fit = model === undefined ? undefined : taskOf(model);
    this.#problem = undefined;
    if (model === undefined || !fit?.ok) {
      if (this.#lesson.isRunning) await this.#lesson.pause();
      return;
    }
    const { builder, files } = this.#page.models;
    try {
      const trainable = await builder.ask((made) =>
        made.trainable(built.source, model.name, proxy(files.read)),
      );
      // Another text comes next.
      if (built !== this.#built || model.name !== this.#model?.name) return;
      const { name } = model;
      const pupil = { name, trainable, task: fit.task, cost: costOf(model) };
      if (!this.#lesson.has(pupil)) {
        this.#note = "";
        this.#lesson.begin(pupil);
      }
    } catch (error) {
      this.#problem = reasonOf(error);
    }
    this.#draw();
  }

  #draw(): void {
    render(this.#content(), this.#panel);
    const { frame, pupil, samples } = this.#lesson;
    if (pupil === undefined || frame === undefined) return;
    this.#picture.draw(pupil, samples, frame.probeOutputs);
  }

  #content(): TemplateResult {
    const [built, model] = [this.#built!, this.#model];
    if (model === undefined)
      return html`<p>${noModel(built, "The file has no model to train.")}</p>`;
    const fit = taskOf(model);
    return html`${modelChoice(built, model.name, (name) => {
      this.#chosen = name;
      this.#load();
      this.#draw();
    })}
    ${fit.ok ? this.#training(model) : offers(fit, this.#page)}`;
  }

  #training(model: BuiltModel): TemplateResult {
    const { history, pupil, problem, settings } = this.#lesson;
    const told = html`<p
      class="problem"
      role="alert"
      .textContent=${this.#problem ?? problem ?? ""}
    ></p>`;
    if (pupil === undefined)
      return html`${told}${
        this.#problem === undefined
          ? html`<p class="note">The trainer is being compiled …</p>`
          : nothing
      }`;
    const { task } = pupil;
    return html`<div class="train">
      <section aria-label="Data">
        ${this.#picture.canvas} ${legend(task, model.labels)}
        ${controls(settings, {
          dataSets: dataSetsFor(task),
          learningRate: task.training.learningRate,
          change: (changed) => this.#lesson.set(changed),
        })}
      </section>
      <section aria-label="Training">
        ${this.#buttons()} ${told} ${results(history)}
        ${this.#weightButtons(model)}
      </section>
    </div>`;
  }

  #buttons(): TemplateResult {
    const { isRunning } = this.#lesson;
    return html`<div class="buttons">
      <button
        type="button"
        class="primary"
        @click=${() => (isRunning ? this.#pause() : this.#lesson.start())}
      >
        ${isRunning ? "Pause" : "Start"}
      </button>
      <button type="button" ?disabled=${isRunning} @click=${() => this.#step()}>
        One epoch
      </button>
      <button type="button" @click=${() => this.#lesson.reset()}>Reset</button>
    </div>`;
  }

  async #pause(): Promise<void> {
    await this.#lesson.pause();
    this.#page.say(describeResults(this.#lesson.history));
  }

  async #step(): Promise<void> {
    await this.#lesson.epoch();
    this.#page.say(describeResults(this.#lesson.history));
  }

  #weightButtons(model: BuiltModel): TemplateResult {
    return html`<div class="buttons">
        <button
          type="button"
          @click=${() => this.#withWeights(model, saveFile)}
        >
          Download the weights
        </button>
        <button
          type="button"
          @click=${() => this.#withWeights(model, (file) => this.#bind(model, file))}
        >
          Use them in the model
        </button>
      </div>
      <p class="note" role="status">${this.#note}</p>`;
  }

  async #withWeights(
    model: BuiltModel,
    use: (file: WeightsFile) => void,
  ): Promise<void> {
    const { source, models } = this.#built!;
    try {
      const content = await this.#lesson.weights();
      use({ name: weightsName(source, model, models.length === 1), content });
    } catch (error) {
      this.#note = `There are no weights: ${reasonOf(error)}`;
    }
    this.#draw();
  }

  /** Has the model bind its weights, in the text as well. */
  #bind(model: BuiltModel, { name, content }: WeightsFile): void {
    const { editor, filesChanged, models } = this.#page;
    if (editor.state.doc.toString() !== this.#built!.source.text) {
      this.#note = "The text has changed: wait until it is compiled.";
      return;
    }
    models.files.set(name, content);
    editor.dispatch({ changes: weightsEdit(model, name), userEvent: "input" });
    filesChanged([name]);
    // Where the clause was there before, the text is the same.
    const text = editor.state.doc.toString();
    models.change({ ...models.state.source, text });
    this.#note = `${name} is bound by the model: “Try it” runs it with these weights, and Download has the file.`;
  }
}

interface WeightsFile {
  readonly name: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

/** Multiply-adds of a sample. */
function costOf({ report }: BuiltModel): number {
  return report.layers.reduce(
    (sum, { multiplyAdds }) => sum + multiplyAdds.factor,
    0,
  );
}
