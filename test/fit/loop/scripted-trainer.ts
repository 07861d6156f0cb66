import type { Results, Trainer } from "../../../src/fit/loop/trainer.ts";

/** A call of a trainer with samples. */
export interface Call {
  readonly kind: "step" | "observe";
  readonly inputs: readonly number[];
  readonly targets: readonly number[];
  readonly weights?: readonly number[];
}

/** A trainer that learns nothing: it notes its calls, and gives the losses that it is told. */
export function scriptedTrainer(losses: {
  readonly step?: (step: number) => number;
  /** Of what was observed since the last reset, the `at`th time that it is asked for. */
  readonly results?: (at: number) => Results;
  readonly weights?: Trainer["weights"];
}): { readonly trainer: Trainer; readonly calls: Call[] } {
  const calls: Call[] = [];
  let steps = 0;
  let asked = 0;
  const note =
    (kind: Call["kind"]) =>
    (...[inputs, targets, weights]: Parameters<Trainer["step"]>): number => {
      calls.push({
        kind,
        inputs: Array.from(inputs),
        targets: Array.from(targets),
        ...(weights && { weights: Array.from(weights) }),
      });
      if (kind === "step") steps += 1;
      return losses.step?.(steps) ?? 1;
    };
  const trainer: Trainer = {
    weights: losses.weights ?? {},
    step: note("step"),
    observe: note("observe"),
    results: () => losses.results?.(++asked) ?? { loss: 1 },
    resetResults: () => undefined,
    learningRate: 0.1,
    state: () => ({ model: "Scripted", arrays: {}, numbers: {} }),
    restore: () => undefined,
    writeWeights: () => Uint8Array.of(steps),
  };
  return { trainer, calls };
}
