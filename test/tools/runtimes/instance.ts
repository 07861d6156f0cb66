import { weightValues, type ModelCase, type WeightCase } from "./case.ts";

/** A generated module, and what to try of it. */
export interface Subject {
  readonly variant: string;
  readonly example: string;
  readonly module: Readonly<Record<string, unknown>>;
  readonly models: readonly ModelCase[];
  /** The bytes of its safetensors files by the model's `exportName`. */
  readonly sidecars: Readonly<Record<string, readonly number[]>>;
}

/** A model as a caller has it. */
export interface Instance {
  forward(input: ArrayLike<number>, output?: Float32Array, dims?: object): Float32Array;
  forwardBatch(inputs: ArrayLike<number>, output?: Float32Array, dims?: object): Float32Array;
}

/** The instance to try, and where the caller brings the weights another one with other weights. */
export function makeInstances(
  { module, sidecars }: Subject,
  model: ModelCase,
): readonly [Instance, Instance | undefined] {
  const { name, exportName, weights } = model;
  const create = module[`create${name}`] as (weights: unknown) => Instance;
  if (weights !== undefined) return [create(weightTree(weights, 0)), create(weightTree(weights, 1))];
  const bytes = sidecars[exportName];
  if (bytes === undefined) return [module[exportName] as Instance, undefined];
  const read = module[`read${name}Weights`] as (bytes: Uint8Array) => unknown;
  return [create(read(Uint8Array.from(bytes))), undefined];
}

function weightTree(weights: readonly WeightCase[], set: number): object {
  type Tree = { [name: string]: Tree | Float32Array };
  const root: Tree = {};
  weights.forEach((weight, position) => {
    let node = root;
    for (const part of weight.path.slice(0, -1)) node = (node[part] ??= {}) as Tree;
    // Hermes has no `at`.
    node[weight.path[weight.path.length - 1] as string] = weightValues(weight, position, set);
  });
  return root;
}
