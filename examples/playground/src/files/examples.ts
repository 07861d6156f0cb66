import examples from "virtual:examples";
import type { SourceFile } from "../model/built.ts";

/** Samples of a model that were held back from its training. */
export interface SampleFile {
  readonly features: readonly string[];
  readonly x: readonly (readonly number[])[];
}

/** The names of the examples, without their endings. */
export const exampleNames: readonly string[] = examples.map(({ name }) => name);

/** The model file of an example. */
export function exampleFile(example: string): SourceFile {
  const found = examples.find(({ name }) => name === example);
  if (found === undefined) throw new Error(`there is no example “${example}”`);
  return { name: `${example}.layers`, text: found.text };
}

/** Whether a file belongs to the examples. */
export function hasExample(file: string): boolean {
  const { found, ending } = partsOf(file);
  return ending === "layers"
    ? found !== undefined
    : found?.weights !== undefined;
}

/** The bytes of a file that belongs to the examples, or null where none has that name. */
export async function readExample(file: string): Promise<Uint8Array | null> {
  const { found, ending } = partsOf(file);
  if (found === undefined) return null;
  if (ending === "layers") return new TextEncoder().encode(found.text);
  const base64 = (await found.weights?.())?.default;
  return base64 === undefined
    ? null
    : Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
}

function partsOf(file: string): {
  readonly found: (typeof examples)[number] | undefined;
  readonly ending: string | undefined;
} {
  const [, stem, ending] = /^(.*)\.(layers|safetensors)$/.exec(file) ?? [];
  return { found: examples.find(({ name }) => name === stem), ending };
}

/** The samples for an example, or undefined. */
export async function readSamples(
  example: string,
): Promise<SampleFile | undefined> {
  const found = examples.find(({ name }) => name === example);
  return (await found?.samples?.())?.default;
}
