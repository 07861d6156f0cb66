import { uniformNumbers } from "../model/uniform-numbers.ts";

/** Numbers for a weight that has not been trained, the same at every call: small ones, and no variance below zero. */
export function randomArray(
  name: string,
  shape: readonly number[],
  seed: number,
): Float32Array {
  const length = shape.reduce((product, size) => product * size, 1);
  const uniform = uniformNumbers(seed);
  return Float32Array.from({ length }, range(name, shape, uniform));
}

function range(
  name: string,
  shape: readonly number[],
  uniform: () => number,
): () => number {
  if (/variance|gamma|scale/.test(name)) return () => 0.5 + uniform();
  if (shape.length < 2) return () => (uniform() - 0.5) * 0.2;
  // As Glorot has it: what a layer gives is about as large as what it gets.
  const [inputs, units] = [shape.at(-2)!, shape.at(-1)!];
  const limit = Math.sqrt(6 / (inputs + units));
  return () => (uniform() * 2 - 1) * limit;
}
