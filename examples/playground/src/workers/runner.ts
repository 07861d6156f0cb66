import { expose } from "comlink";
import type { Runnable } from "../model/built.ts";
import { load, type Loaded } from "./load-runnable.ts";
import { measure, type Measured } from "./measure.ts";

/** What runs generated code, in a worker: a slow model keeps neither the page nor the editor waiting. */
export interface Runner {
  /** Makes a model the one that `forward` runs; answers what it runs on. */
  load(runnable: Runnable): Promise<string>;
  forward(input: Float32Array): Float32Array;
  /** Compares and times models on the same inputs. */
  measure(
    runnables: readonly Runnable[],
    inputs: Float32Array,
    inputLength: number,
    progress: (done: number) => void,
  ): Promise<Measured>;
}

let loaded: Loaded | undefined;

const runner: Runner = {
  async load(runnable) {
    loaded = await load(runnable);
    return loaded.backend;
  },
  forward(input) {
    if (loaded === undefined) throw new Error("no model is loaded");
    return loaded.forward(input);
  },
  measure,
};

export function serve(port: MessagePort): void {
  expose(runner, port);
}
