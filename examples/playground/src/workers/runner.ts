import { expose } from "comlink";
import type { Runnable } from "../model/built.ts";
import { load, type Loaded } from "./load-runnable.ts";
import { measure, type Measured } from "./measure.ts";

/** What runs generated code, in a worker: a slow model keeps neither the page nor the editor waiting. */
export interface Runner {
  /** Makes a model the one that `forward` runs; answers what it runs on. */
  load(runnable: Runnable): Promise<string>;
  /** Runs the model that was last to be loaded, also while that goes on. */
  forward(input: Float32Array): Promise<Float32Array>;
  /** Compares and times models on the same inputs. */
  measure(
    runnables: readonly Runnable[],
    inputs: Float32Array,
    inputLength: number,
    progress: (done: number) => void,
  ): Promise<Measured>;
}

let loaded: Promise<Loaded> | undefined;

const runner: Runner = {
  async load(runnable) {
    loaded = load(runnable);
    return (await loaded).backend;
  },
  async forward(input) {
    if (loaded === undefined) throw new Error("no model is loaded");
    return (await loaded).forward(input);
  },
  measure,
};

export function serve(port: MessagePort): void {
  expose(runner, port);
}
