import { expect } from "vitest";
import { compile, type CompileOptions, type CompileResult } from "../../src/compile.ts";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";
import { withoutLayout } from "../support/prettier.ts";

export interface NamedArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** What the tests call of a generated model. */
export interface Runnable {
  forward(input: ArrayLike<number>, output?: Float32Array, dims?: Readonly<Record<string, number>>): Float32Array;
  forwardBatch(input: ArrayLike<number>, output?: Float32Array, dims?: Readonly<Record<string, number>>): Float32Array;
}

/** The eight ways to generate a model: every unrolling, with the weights in the module and as an argument. */
export const ways = (["auto", "full", "none"] as const).flatMap((unroll) =>
  (["inline", "argument"] as const).map((weights) => ({ unroll, weights })),
);

export type Way = (typeof ways)[number];

/** Compiles the model `M` of a text; without diagnostics. `arrays` are its weights, with safetensors' names. */
export async function compileModel(text: string, way: Way, arrays: readonly NamedArray[]): Promise<CompileResult> {
  const inline = way.weights === "inline" && arrays.length > 0;
  const source = inline ? text.replace(/model M \{/, 'model M { weights "w.safetensors"') : text;
  const bytes = writeSafetensors(arrays);
  const options: CompileOptions = {
    emit: "js",
    unroll: way.unroll,
    host: {
      resolve: (_from, path) => path,
      readText: async () => ({ ok: false, reason: "none" }),
      readBytes: async () => ({ ok: true, content: bytes }),
    },
  };
  const result = await withoutLayout(() => compile(source, options));
  expect(result.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return result;
}

/** The generated module of a compiled model, loaded. */
export async function loadModule(result: CompileResult): Promise<Readonly<Record<string, unknown>>> {
  const file = result.files.find(({ name }) => name.endsWith(".js"));
  const text = typeof file?.content === "string" ? file.content : new TextDecoder().decode(file?.content);
  return (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as Record<string, unknown>;
}

/** Compiles and loads the model `M`. */
export async function runModel(text: string, way: Way, arrays: readonly NamedArray[]): Promise<Runnable> {
  const module = await loadModule(await compileModel(text, way, arrays));
  if (module["m"] !== undefined) return module["m"] as Runnable;
  const read = module["readMWeights"] as (bytes: Uint8Array) => unknown;
  const create = module["createM"] as (weights: unknown) => Runnable;
  return create(read(writeSafetensors(arrays)));
}

/** Values that look random and are the same in every run, as float32. */
export function values(count: number, seed = 1, scale = 1): Float32Array {
  return Float32Array.from(
    { length: count },
    (_, at) => Math.sin((at + 1) * 12.9898 * seed + seed * 78.233) * 1.7 * scale,
  );
}

/** Within the tolerance of the issue: `|a - b| <= 2e-6 * max(1, |b|)`, NaN and infinities alike. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  Array.from(expected, (value, at) => {
    const found = actual[at] as number;
    const close =
      Object.is(found, value) || found === value || Math.abs(found - value) <= 2e-6 * Math.max(1, Math.abs(value));
    if (!close) expect.fail(`at ${at}: found ${found}, expected ${value}`);
  });
}
