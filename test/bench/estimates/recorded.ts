import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { benchFolder, type Machine } from "../results.ts";
import { estimatedModels, type EstimatedModel } from "./models.ts";

/** What `estimates.json` holds: the last run of the part on one machine. */
export interface Estimates {
  readonly machine: Machine;
  readonly measured: readonly {
    readonly title: string;
    /** Medians of a call. */
    readonly nanoseconds: { readonly typescript: number; readonly wasm: number };
  }[];
}

/** A model with its recorded nanoseconds per call. */
export interface Recorded extends EstimatedModel {
  readonly typescript: number;
  readonly wasm: number;
}

const file = path.join(benchFolder, "estimates.json");

export function readEstimates(): Estimates {
  return JSON.parse(readFileSync(file, "utf8")) as Estimates;
}

export function writeEstimates(estimates: Estimates): void {
  writeFileSync(file, `${JSON.stringify(estimates, undefined, 2)}\n`);
}

export function recordedModels({ measured }: Estimates): readonly Recorded[] {
  return estimatedModels.flatMap((model) => {
    const own = measured.find(({ title }) => title === model.title);
    return own === undefined ? [] : [{ ...model, ...own.nanoseconds }];
  });
}
