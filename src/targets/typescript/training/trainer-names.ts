import type { trainerExports } from "../../trainer-exports.ts";
import type { TrainerUnit } from "../../trainer-unit.ts";
import type { Identifier } from "../code.ts";
import { createNames, type Names } from "../names.ts";
import { supportNames } from "../support.ts";
import { kernelLocals } from "./array-parameters.ts";

/** The exported names of a trainer. */
export type TrainerNames = Readonly<Record<keyof ReturnType<typeof trainerExports>, Identifier>>;

/** What the function that makes a trainer calls its own values. */
const trainerLocals = [
  "options",
  "random",
  "randomBefore",
  "chosenRate",
  "classWeights",
  "progress",
  "given",
  "room",
  "reserve",
  "resultSums",
  "addSum",
  "addSums",
  "results",
  "resetResults",
  "sums",
  "countBatch",
  "load",
  "measure",
  "inputs",
  "targets",
  "sampleWeights",
  "samples",
  "count",
  "anew",
  "at",
  "before",
  "error",
  "i",
  "iterations",
  "step",
  "learningRate",
  "total",
  "output",
  "values",
  "value",
  "dims",
  "state",
  "arrays",
  "numbers",
  "engine",
  "view",
  "address",
  "length",
  "lengths",
  "sizes",
  "size",
  "sum",
  "end",
  "failed",
] as const;

/** The names of what a trainer holds: arrays, and run-time dims. */
export interface LocalNames {
  array(name: string): Identifier;
  /** The array in which an engine's sums of a metric are added up. */
  total(name: string): Identifier;
  /** The variable of an array's address in the memory of an engine. */
  address(name: string): Identifier;
  dim(name: string): Identifier;
  /** A name of the module that none of these hides. */
  fresh(text: string): Identifier;
}

/** Chooses them. They live in one function, and may be called as something of the module that it does not use. */
export function localNames({ lowered, states }: TrainerUnit, names: Names): LocalNames {
  const kernels = Object.values(lowered.kernels).flat();
  const reserved = [...trainerLocals, ...Object.keys(states).map((_, at) => `next${at}`), ...supportNames];
  const own = createNames(reserved);
  const arrays = [...[...lowered.held.values()].map(({ name }) => name), ...lowered.scratch.keys()];
  const chosen = new Map(arrays.map((name) => [name, own.fresh(name)]));
  const addresses = new Map(arrays.map((name) => [name, own.fresh(`${name}At`)]));
  const totals = new Map([...lowered.held.values()].map(({ name }) => [name, own.fresh(`${name}Total`)]));
  // Kernels have dims as parameters, beside what they call their own.
  const inKernels = new Set(kernels.flatMap(({ body }) => kernelLocals(body)));
  const dims = new Map(
    lowered.dims.map((dim) => {
      let name = own.fresh(dim);
      while (inKernels.has(name.text)) name = own.fresh(dim);
      return [dim, name];
    }),
  );
  const taken = new Set<string>([
    ...reserved,
    ...[...chosen.values(), ...addresses.values(), ...totals.values(), ...dims.values()].map(({ text }) => text),
  ]);
  const found = (list: ReadonlyMap<string, Identifier>, name: string): Identifier => {
    const identifier = list.get(name);
    if (identifier === undefined) throw new Error(`'${name}' has no name`);
    return identifier;
  };
  return {
    array: (name) => found(chosen, name),
    total: (name) => found(totals, name),
    address: (name) => found(addresses, name),
    dim: (name) => found(dims, name),
    fresh(text) {
      let name = names.fresh(text);
      while (taken.has(name.text)) name = names.fresh(text);
      return name;
    },
  };
}
