import { proxy, transfer, wrap, type Remote } from "comlink";
import type { Runner } from "../workers/runner.ts";
import { startWorker, type Started } from "../workers/start.ts";
import type { Built, Runnable, Variant } from "./built.ts";
import type { LastGood } from "./last-good.ts";
import type { Measured } from "../workers/measure.ts";

/** Runs models in a worker of its own, which is started when it is first needed. */
export class RunnerHost {
  readonly #models: LastGood;
  #started: [Started, Remote<Runner>] | undefined;

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
    return builder.runnable(source, model, variant, proxy(files.read));
  }

  /** Makes a model the one to run; answers what it runs on. */
  async load(runnable: Runnable): Promise<string> {
    return this.#runner.load(runnable);
  }

  async forward(input: Float32Array): Promise<Float32Array> {
    const copy = input.slice();
    return this.#runner.forward(transfer(copy, [copy.buffer]));
  }

  async measure(
    runnables: readonly Runnable[],
    inputs: Float32Array,
    inputLength: number,
    progress: (done: number) => void,
  ): Promise<Measured> {
    const told = proxy(progress);
    return this.#runner.measure(runnables, inputs, inputLength, told);
  }

  /** Ends what runs, whatever it is. */
  stop(): void {
    this.#started?.[0].end();
    this.#started = undefined;
  }

  get #runner(): Remote<Runner> {
    if (this.#started === undefined) {
      const worker = startWorker("runner", () => this.stop());
      this.#started = [worker, wrap<Runner>(worker.port)];
    }
    return this.#started[1];
  }
}
