import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Contender } from "../serve/contender.ts";
import { labelLists, labelsOf } from "../training/labels.ts";
import { inputsOf } from "../workload-files.ts";

/** What the module of `net.layers` exports for training. */
interface TrainingModule {
  createNetTrainer(options: { readonly weights: unknown; readonly seed: number }): {
    step(inputs: ArrayLike<number>, targets: ArrayLike<number>): number;
    readonly weights: { readonly dense: Readonly<Record<"kernel" | "bias", { readonly buffer: ArrayBufferLike }>> };
  };
}

/** The trainer of a module in the workload's folder. */
export default ([moduleFile = "", target = ""]: readonly string[]): Contender => ({
  async prepare(workload) {
    const { createNetTrainer } = (await import(
      pathToFileURL(path.join(workload.folder, moduleFile)).href
    )) as TrainingModule;
    const weights = Object.fromEntries(
      workload.layers.map(({ kernel, bias }, at) => [at === 0 ? "dense" : `dense_${at}`, { kernel, bias }]),
    );
    const trainer = createNetTrainer({ weights, seed: 1 });
    const { kernel, bias } = trainer.weights.dense;
    // Without WebAssembly, loops stand in, on arrays of their own.
    if (target === "wasm" && kernel.buffer !== bias.buffer) throw new Error("the trainer does not run as WebAssembly");
    const inputs = Array.from({ length: workload.calls }, (_, at) => inputsOf(workload, at).slice());
    const labels = labelsOf(workload);
    const targets = Array.from({ length: labelLists }, (_, list) => labels(list));
    const loss = new Float64Array(1);
    let steps = 0;
    return {
      call(at) {
        loss[0] = trainer.step(inputs[at]!, targets[steps]!);
        steps = steps === labelLists - 1 ? 0 : steps + 1;
        return loss;
      },
    };
  },
});
