import type { Model } from "../../src/check/model.ts";
import { lowerModel } from "../../src/stages/lower-model.ts";
import { makeUnit } from "../../src/stages/make-unit.ts";
import { planModel } from "../../src/stages/plan-model.ts";
import { emitTypeScript } from "../../src/targets/typescript/emit.ts";
import { modelOf } from "../vectors/programs.ts";

type Numbers = ArrayLike<number>;
type Dims = Readonly<Record<string, number>>;

/** Arrays of weights by the names of their layers. */
export interface WeightTree {
  readonly [name: string]: WeightTree | Float64Array | Float32Array;
}

export interface TrainerState {
  readonly model: string;
  readonly arrays: Readonly<Record<string, Float64Array | Float32Array | Uint32Array>>;
  readonly numbers: Readonly<Record<string, number>>;
}

/** A generated trainer. */
export interface Trainer {
  step(inputs: Numbers, targets: Numbers, sampleWeights?: Numbers, dims?: Dims): number;
  observe(inputs: Numbers, targets: Numbers, sampleWeights?: Numbers, dims?: Dims): void;
  results(): Readonly<Record<string, number>>;
  resetResults(): void;
  evaluate(inputs: Numbers, targets: Numbers, sampleWeights?: Numbers, dims?: Dims): Readonly<Record<string, number>>;
  forwardBatch(inputs: Numbers, output?: Float64Array | Float32Array, dims?: Dims): Float64Array | Float32Array;
  learningRate: number;
  readonly weights: WeightTree;
  state(): TrainerState;
  restore(state: TrainerState): void;
  writeWeights(): Uint8Array;
}

export interface TrainerOptions {
  readonly weights?: object;
  readonly seed?: number;
  readonly learningRate?: number;
  readonly classWeights?: Readonly<Record<number, number>>;
}

export type Target = "typescript" | "wasm";

/** Compiles the last model of a source with its trainer, without Prettier, and gives what makes trainers. */
export async function trainerMaker(
  text: string,
  target: Target = "typescript",
): Promise<(options?: TrainerOptions) => Trainer> {
  return makerOf(await modelOf(text), target);
}

async function makerOf(model: Model, target: Target): Promise<(options?: TrainerOptions) => Trainer> {
  const planned = await planModel(lowerModel({ model, binding: { kind: "argument" } }), { target });
  const unit = await makeUnit(planned, { training: true });
  const { text, restore } = emitTypeScript([unit], { emit: "js", version: "0", sourceName: "model.layers" });
  return new Function(`${restore(text).replace(/^export /gm, "")}\nreturn create${model.name}Trainer;`)() as (
    options?: TrainerOptions,
  ) => Trainer;
}

/** The arrays of a tree with their paths, in its order. */
export function arraysIn(tree: WeightTree): readonly (readonly [path: string, values: Float64Array | Float32Array])[] {
  return Object.entries(tree).flatMap(([name, node]) =>
    ArrayBuffer.isView(node)
      ? [[name, node] as const]
      : arraysIn(node as WeightTree).map(([path, values]) => [`${name}/${path}`, values] as const),
  );
}
