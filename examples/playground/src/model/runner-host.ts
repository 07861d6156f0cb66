import { proxy, transfer } from "comlink";
import type { Measured } from "../workers/measure.ts";
import type { Runner } from "../workers/runner.ts";
import { Service } from "../workers/service.ts";
import type { Built, Runnable, Variant } from "./built.ts";
import type { LastGood } from "./last-good.ts";

/** Runs models in a worker of its own, which is started when it is first needed. */
export class RunnerHost {
  readonly #models: LastGood;
  readonly #runner = new Service<Runner>("runner");
  #loaded: Runnable | undefined;

  constructor(models: LastGood) {
    this.#models = models;
  }

  /** A model as code, to be run. */
  async runnable(
    { source }: Built,
    model: string,
    variant: Variant,
  ): Promise<Runnable> {
    const { builder, files } = this.#models;
    return builder.ask((made) =>
      made.runnable(source, model, variant, proxy(files.read)),
    );
  }

  /** Makes a model the one to run; answers what it runs on. */
  async load(runnable: Runnable): Promise<string> {
    this.#loaded = runnable;
    return this.#runner.ask((runner) => runner.load(runnable));
  }

  async forward(input: Float32Array): Promise<Float32Array> {
    // A worker that has failed took the model along.
    if (!this.#runner.isRunning && this.#loaded !== undefined)
      await this.load(this.#loaded);
    const copy = input.slice();
    return this.#runner.ask((runner) =>
      runner.forward(transfer(copy, [copy.buffer])),
    );
  }

  async measure(
    runnables: readonly Runnable[],
    inputs: Float32Array,
    inputLength: number,
    progress: (done: number) => void,
  ): Promise<Measured> {
    const told = proxy(progress);
    return this.#runner.ask((runner) =>
      runner.measure(runnables, inputs, inputLength, told),
    );
  }

  /** Ends what runs, whatever it is. */
  stop(): void {
    this.#runner.end();
  }
}
