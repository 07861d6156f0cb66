import { references } from "./references.ts";
import { ulpError } from "./ulp.ts";
import type { MappingModule } from "./assemble.ts";

/** The largest error found, in ulp, and the argument it was found at. */
export interface LargestError {
  readonly ulp: number;
  readonly at: number;
}

/**
 * The larger one of `known` and the largest error of a vector function at the arguments whose bits `fill` writes, one for
 * each module. The reference is computed once for all modules.
 */
export function largestErrors(
  name: string,
  modules: readonly MappingModule[],
  known: readonly LargestError[],
  fill: (bits: Uint32Array) => void,
): readonly LargestError[] {
  const reference = references[name];
  const first = modules[0];
  if (reference === undefined || first === undefined) throw new Error(`nothing to compare '${name}' with`);
  const { inputs } = first;
  fill(new Uint32Array(inputs.buffer, inputs.byteOffset, inputs.length));
  // A loop: `Float64Array.from` takes five times as long.
  const exact = new Float64Array(inputs.length);
  for (let index = 0; index < inputs.length; index++) exact[index] = reference(inputs[index] as number);
  return modules.map((each, at) => {
    if (at > 0) each.inputs.set(inputs);
    each.run(name);
    let largest = known[at] ?? { ulp: 0, at: NaN };
    const { outputs } = each;
    for (let index = 0; index < outputs.length; index++) {
      const [found, expected] = [outputs[index] as number, exact[index] as number];
      // A unit is at least 2^-24 of the number, so this cannot be larger; it is most of the numbers.
      if (Math.abs(found - expected) <= largest.ulp * 2 ** -24 * Math.abs(expected)) continue;
      if (Number.isNaN(found) && Number.isNaN(expected)) continue;
      const ulp = ulpError(found, expected);
      if (ulp > largest.ulp) largest = { ulp, at: inputs[index] as number };
    }
    return largest;
  });
}
