import type { Settings } from "../../fit/checkpoint/checkpoint.ts";
import { trainOptions, type TrainInvocation } from "./train-options.ts";

/** What a training is run with, defaults filled in. */
export interface TrainSettings extends TrainInvocation {
  readonly epochs: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly shuffle: boolean;
  readonly keep: "best" | "last";
}

/** Options that a run depends on: with others it gives other bits. */
const fixed = [
  "inputs",
  "targets",
  "dims",
  "validationSplit",
  "batchSize",
  "seed",
  "learningRate",
  "classWeights",
  "shuffle",
  "target",
] as const satisfies readonly (keyof typeof trainOptions)[];

/** Options that a run may go on with changed. */
const free = ["epochs", "patience", "keep"] as const satisfies readonly (keyof typeof trainOptions)[];

type Kept = (typeof fixed)[number] | (typeof free)[number];

/** The options of a command line, those of the checkpoint where none are given, and the defaults. */
export function fillSettings(given: TrainInvocation, kept: Settings = {}): TrainSettings {
  const filled: Record<string, unknown> = { ...given };
  for (const name of [...fixed, ...free]) {
    const value = kept[flagOf(name)];
    // Without --no-shuffle the parser says that they are shuffled.
    if (name === "shuffle") filled[name] = given.shuffle !== false && value !== true;
    else if (filled[name] === undefined && value !== undefined && value !== null) filled[name] = parsed(name, value);
  }
  const isWatched = filled["patience"] !== undefined || hasValidation(filled);
  return {
    epochs: 100,
    batchSize: 32,
    seed: 0,
    keep: isWatched ? "best" : "last",
    ...(filled as unknown as TrainInvocation & { readonly shuffle: boolean }),
  };
}

function hasValidation({ validation, validationSplit }: Readonly<Record<string, unknown>>): boolean {
  return validation !== undefined || validationSplit !== undefined;
}

/** What of the options is kept in a checkpoint: what has to be the same in a run that goes on, and what has not. */
export function keptSettings(settings: TrainSettings): { readonly fixed: Settings; readonly free: Settings } {
  const of = (names: readonly Kept[]): Settings =>
    Object.fromEntries(names.map((name) => [flagOf(name), printed(name, settings)]));
  return { fixed: of(fixed), free: of(free) };
}

/** As the command line has it. */
function printed(name: Kept, settings: TrainSettings): Settings[string] {
  switch (name) {
    case "shuffle":
      return settings.shuffle ? null : true;
    case "classWeights": {
      const weights = settings.classWeights;
      return weights instanceof Map ? pairs(weights, ":") : ((weights as "balanced" | undefined) ?? null);
    }
    case "dims":
      return settings.dims === undefined ? null : pairs(Object.entries(settings.dims), "=");
    case "inputs":
    case "targets":
      return settings[name]?.join(",") ?? null;
    default:
      return settings[name] ?? null;
  }
}

/** Sorted, for in another order they say the same. */
function pairs(entries: Iterable<readonly [string, number]>, sign: string): string {
  return [...entries]
    .map(([name, value]) => `${name}${sign}${value}`)
    .sort()
    .join(",");
}

function parsed(name: Exclude<Kept, "shuffle">, value: string | number | boolean): unknown {
  const option = trainOptions[name];
  return "parser" in option ? option.parser.read(String(value)) : value;
}

/** `--batch-size` */
function flagOf(name: Kept): string {
  return trainOptions[name].flag.split(" ", 1)[0] as string;
}
