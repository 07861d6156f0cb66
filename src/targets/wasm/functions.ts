import { integerMaxAcross, maxAcross, sumAcross, unsignedMaxAcross } from "./across.ts";
import { vectorFunctions } from "./math/index.ts";
import type { VectorFunction } from "./math/vector-function.ts";

const functions: ReadonlyMap<string, VectorFunction> = new Map(
  [...vectorFunctions, sumAcross, maxAcross, integerMaxAcross, unsignedMaxAcross].map((definition) => [
    definition.name,
    definition,
  ]),
);

/** Names that kernels may not have. */
export const vectorFunctionNames: readonly string[] = [...functions.keys()];

/** The definition of a vector function that a value calls. */
export function vectorFunction(name: string): VectorFunction {
  const definition = functions.get(name);
  if (definition === undefined) throw new Error(`no vector function '${name}'`);
  return definition;
}
