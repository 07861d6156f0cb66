import type { LoweredTraining } from "../gradients/lower-training.ts";
import type { StepNumber } from "../ir/step-number.ts";
import type { Shape } from "../ir/shape.ts";
import type { TrainerEngine } from "./typescript/training/trainer-engine.ts";

/** The trainer of a model as a target gets it. */
export interface TrainerUnit {
  /** The model as declared: `Digits`. */
  readonly name: string;
  /** `digits` */
  readonly exportName: string;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  /** Run-time dims, in order. */
  readonly dims: readonly string[];
  /** What the clause calls them. */
  readonly optimizer: string;
  readonly loss: string;
  readonly lowered: LoweredTraining;
  /** Present where other code runs the programs; values are float32 then, else float64. */
  readonly engine?: TrainerEngine;
  /** What targets are: numbers of the output's shape, or the index of a class for each row. */
  readonly targets: "same" | "labels";
  /** A label that counts for nothing. */
  readonly ignored?: number;
  /** The optimizer's learning rate, of `iterations`: the steps that were taken before. */
  readonly learningRate: StepNumber;
  readonly states: Readonly<Record<string, { readonly initial: number; readonly next: StepNumber }>>;
}
