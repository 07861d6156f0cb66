import type { TrainerUnit } from "../../trainer-unit.ts";
import type { Identifier } from "../code.ts";
import { createNames, type Names } from "../names.ts";
import { supportNames } from "../support.ts";

/** The exported names of a trainer. */
export interface TrainerNames {
  readonly create: Identifier;
  readonly type: Identifier;
  readonly options: Identifier;
  readonly weights: Identifier;
  readonly metrics: Identifier;
}

/** What functions of a trainer call their own values; nothing else in its module has these names. */
export const trainerLocals = [
  "options",
  "random",
  "rate",
  "iterations",
  "step",
  "progress",
  "room",
  "reserve",
  "samples",
  "inputs",
  "targets",
  "sampleWeights",
  "output",
  "dims",
  "state",
  "given",
  "arrays",
  "numbers",
  "classWeights",
  "learning_rate",
  "load",
  "run",
  "observe",
  "results",
  "resetResults",
  "total",
  "at",
  "count",
  "restored",
  "copies",
  "n",
  "values",
  "engine",
  "view",
  "end",
  "failed",
] as const;

/** By what they name. */
export function trainerExports({ name }: Pick<TrainerUnit, "name">): Readonly<Record<keyof TrainerNames, string>> {
  return {
    create: `create${name}Trainer`,
    type: `${name}Trainer`,
    options: `${name}TrainerOptions`,
    weights: `${name}TrainerWeights`,
    metrics: `${name}TrainerResults`,
  };
}

/** The names of what a trainer's functions hold: arrays and run-time dims, and numbers that the optimizer carries on. */
export interface LocalNames {
  array(name: string): Identifier;
  /** The variable of an array's address in the memory of an engine. */
  address(name: string): Identifier;
  dim(name: string): Identifier;
  state(name: string): Identifier;
  /** A name of the module that none of these hides. */
  fresh(text: string): Identifier;
}

/** Chooses them. They live in one function, and may be called as something of the module that it does not use. */
export function localNames({ lowered, states }: TrainerUnit, names: Names): LocalNames {
  const own = createNames([...trainerLocals, ...supportNames]);
  const arrays = [...[...lowered.held.values()].map(({ name }) => name), ...lowered.scratch.keys()];
  const chosen = new Map(arrays.map((name) => [name, own.fresh(name)]));
  const addresses = new Map(arrays.map((name) => [name, own.fresh(`${name}At`)]));
  const dims = new Map(lowered.dims.map((dim) => [dim, own.fresh(dim)]));
  const carried = new Map(Object.keys(states).map((name) => [name, own.fresh(name)]));
  const taken = new Set(
    [...chosen.values(), ...addresses.values(), ...dims.values(), ...carried.values()].map(({ text }) => text),
  );
  const found = (list: ReadonlyMap<string, Identifier>, name: string): Identifier => {
    const identifier = list.get(name);
    if (identifier === undefined) throw new Error(`'${name}' has no name`);
    return identifier;
  };
  return {
    array: (name) => found(chosen, name),
    address: (name) => found(addresses, name),
    dim: (name) => found(dims, name),
    state: (name) => found(carried, name),
    fresh(text) {
      let name = names.fresh(text);
      while (taken.has(name.text)) name = names.fresh(text);
      return name;
    },
  };
}
