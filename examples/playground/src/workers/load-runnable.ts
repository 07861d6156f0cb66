import type { Runnable } from "../model/built.ts";
import { importText } from "./import-text.ts";

/** A generated module that has been loaded. */
export interface Loaded {
  /** `typescript`, `wasm-relaxed-simd`, ... */
  readonly backend: string;
  forward(input: Float32Array, output?: Float32Array): Float32Array;
}

/** Loads a generated module, and makes its model. */
export async function load({
  text,
  instance,
  create,
  info,
  weights,
}: Runnable): Promise<Loaded> {
  const module = await importText(text);
  const made = (
    instance === undefined
      ? (module[create!] as (weights: unknown) => unknown)(weights)
      : module[instance]
  ) as Loaded;
  const { backend = "typescript" } = module[info] as { backend?: string };
  return {
    backend,
    forward: (input, output) => made.forward(input, output),
  };
}
