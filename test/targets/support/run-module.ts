/** An instance of a model as tests call it, whatever its types say. */
export interface AnyModel {
  forward(input: ArrayLike<number>, output?: Float32Array, dims?: Readonly<Record<string, number>>): Float32Array;
  forwardBatch(inputs: ArrayLike<number>, output?: Float32Array, dims?: Readonly<Record<string, number>>): Float32Array;
}

export type AnyModule = Readonly<Record<string, unknown>>;

/** Runs generated JavaScript as a module. */
export async function runModule(javascript: string): Promise<AnyModule> {
  const url = `data:text/javascript;base64,${Buffer.from(javascript).toString("base64")}`;
  return (await import(/* @vite-ignore */ url)) as AnyModule;
}

/** A model whose weights are in its module. */
export function modelOf(module: AnyModule, exportName: string): AnyModel {
  return module[exportName] as AnyModel;
}

/** A model made from weights, an object or the bytes of a safetensors file. */
export function createModel(module: AnyModule, name: string, weights: unknown): AnyModel {
  const create = module[`create${name}`] as (weights: unknown) => AnyModel;
  const read = module[`read${name}Weights`] as (bytes: unknown) => unknown;
  return create(weights instanceof Uint8Array || weights instanceof ArrayBuffer ? read(weights) : weights);
}
