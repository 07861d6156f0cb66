import type { Runnable } from "../model/built.ts";

/** A generated module that has been loaded. */
export interface Loaded {
  /** `typescript`, `wasm-relaxed-simd`, ... */
  readonly backend: string;
  forward(input: Float32Array, output?: Float32Array): Float32Array;
}

/** Loads a generated module from its text: a `blob:` that is imported, as a page would load it from a file. */
export async function load({
  text,
  instance,
  create,
  info,
  weights,
}: Runnable): Promise<Loaded> {
  const url = URL.createObjectURL(
    new Blob([text], { type: "text/javascript" }),
  );
  try {
    const module = (await import(/* @vite-ignore */ url)) as Exports;
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
  } finally {
    URL.revokeObjectURL(url);
  }
}

type Exports = Readonly<Record<string, unknown>>;
