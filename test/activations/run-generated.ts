import { expect } from "vitest";
import { compile } from "../../src/index.ts";
import { withoutLayout } from "../support/prettier.ts";

/** The part of a generated instance that these tests call. */
interface Instance {
  forwardBatch(inputs: ArrayLike<number>): Float32Array;
}

type Module = Readonly<Record<string, unknown>>;

const modules = new Map<string, Promise<Module>>();

/** The generated JavaScript of a text with the model `M`, loaded; several tests try the same functions. */
function generatedModule(text: string): Promise<Module> {
  const known = modules.get(text) ?? loadModule(text);
  modules.set(text, known);
  return known;
}

async function loadModule(text: string): Promise<Module> {
  const { diagnostics, files } = await withoutLayout(() => compile(text, { emit: "js" }));
  expect(diagnostics).toEqual([]);
  const code = files.find(({ name }) => name.endsWith(".js"))?.content;
  return (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(String(code))}`)) as Module;
}

/** The generated function of a stack of layers without weights, applied to each number alone. */
export async function elementwiseFunction(layers: string): Promise<(values: ArrayLike<number>) => Float32Array> {
  const { m } = await generatedModule(`model M { input [1] ${layers} }`);
  const instance = m as Instance;
  return (values) => instance.forwardBatch(values);
}

/** The generated function of a `Dense(1)` with the kernel 1, the bias 0 and an activation. */
export async function denseFunction(activation: string): Promise<(values: ArrayLike<number>) => Float32Array> {
  const { createM } = await generatedModule(`model M { input [1] Dense(1, activation=${activation}) }`);
  const weights = { dense: { kernel: Float32Array.of(1), bias: Float32Array.of(0) } };
  const instance = (createM as (weights: object) => Instance)(weights);
  return (values) => instance.forwardBatch(values);
}
