import { inputName, outputName, startVariables, sumsName } from "../../ir/kernel-names.ts";
import type { Kernel } from "../../ir/loops.ts";
import { declaredNames, forEachStatement } from "../../ir/visit-statements.ts";
import { scratchSizes } from "../../lower/graph-to-loops.ts";
import type { ModelUnit } from "../model-unit.ts";
import { arrayKey, weightBuffers } from "./unit-names.ts";

/**
 * The names that the functions of kernels have for themselves, parameters, locals and loop variables, and those of scratch
 * memory. Nothing else that these functions use may be called so: a local hides what has its name.
 */
export function localNames(units: readonly ModelUnit[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { program } of units) {
    for (const name of scratchSizes(program).keys()) names.add(name);
    for (const kernel of program.kernels) {
      for (const name of ownNames(kernel)) names.add(name);
      for (const name of weightParameters(kernel).values()) names.add(name);
    }
  }
  return names;
}

/** The names of the parameters that hold a kernel's weights, by array: the last part of the path, numbered if it recurs. */
export function weightParameters(kernel: Kernel): ReadonlyMap<string, string> {
  const taken = ownNames(kernel);
  return new Map(
    weightBuffers(kernel).map((buffer) => {
      const base = (buffer.weight.path.at(-1) as string).replace(/[^A-Za-z0-9_]/g, "_");
      let name = base;
      for (let next = 2; taken.has(name); next++) name = `${base}_${next}`;
      taken.add(name);
      return [arrayKey(buffer), name];
    }),
  );
}

/** All names of a kernel's function but those of its weights. */
function ownNames({ inputs, body }: Kernel): Set<string> {
  const names = new Set<string>([
    ...inputs.map((_, at) => inputName(at)),
    outputName,
    sumsName,
    ...Object.values(startVariables),
  ]);
  for (const name of declaredNames(body, () => true)) names.add(name);
  forEachStatement(body, (statement) => {
    if (statement.kind === "for") names.add(statement.variable);
  });
  return names;
}
