import type { Settings } from "../../fit/checkpoint/checkpoint.ts";
import type { BlockShape } from "../../fit/pruning/pruned-kernel.ts";
import { pruningOptions, type RunInvocation } from "./prune-options.ts";
import { trainOptions } from "./train-options.ts";

/** What a training is run with, defaults filled in. */
export type TrainSettings = RunInvocation & {
  readonly epochs: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly shuffle: boolean;
  readonly keep: "best" | "last";
} & ({ readonly command: "train" } | { readonly command: "prune"; readonly pruningEpochs: number });

const options = { ...trainOptions, ...pruningOptions };

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
] as const satisfies readonly (keyof typeof options)[];

/** Those that a run depends on besides where it prunes. */
const ofPruning = [
  "sparsity",
  "block",
  "except",
  "withOutput",
  "pruningEpochs",
] as const satisfies readonly (keyof typeof options)[];

/** Options that a run may go on with changed. */
const free = ["epochs", "patience", "keep"] as const satisfies readonly (keyof typeof options)[];

type Kept = (typeof fixed)[number] | (typeof ofPruning)[number] | (typeof free)[number];

function fixedOf(command: RunInvocation["command"]): readonly Kept[] {
  return command === "prune" ? [...fixed, ...ofPruning] : fixed;
}

/** The options of a command line, those of the checkpoint where none are given, and the defaults. */
export function fillSettings(given: RunInvocation, kept: Settings = {}): TrainSettings {
  const filled: Record<string, unknown> = { ...given };
  for (const name of [...fixedOf(given.command), ...free]) {
    const value = kept[flagOf(name)];
    // Without --no-shuffle the parser says that they are shuffled.
    if (name === "shuffle") filled[name] = given.shuffle !== false && value !== true;
    else if (filled[name] === undefined && value !== undefined && value !== null) filled[name] = parsed(name, value);
  }
  const isWatched = filled["patience"] !== undefined || hasValidation(filled);
  const epochs = (filled["epochs"] as number | undefined) ?? 100;
  const defaults = {
    epochs,
    batchSize: 32,
    seed: 0,
    keep: isWatched ? "best" : "last",
    ...(given.command === "prune" && { pruningEpochs: Math.floor(epochs / 2) }),
  };
  return { ...defaults, ...filled } as unknown as TrainSettings;
}

function hasValidation({ validation, validationSplit }: Readonly<Record<string, unknown>>): boolean {
  return validation !== undefined || validationSplit !== undefined;
}

/** What of the options is kept in a checkpoint: what has to be the same in a run that goes on, and what has not. */
export function keptSettings(settings: TrainSettings): { readonly fixed: Settings; readonly free: Settings } {
  const of = (names: readonly Kept[]): Settings =>
    Object.fromEntries(names.map((name) => [flagOf(name), printed(settings, name)]));
  return { fixed: of(fixedOf(settings.command)), free: of(free) };
}

/** As the command line has it. */
function printed(settings: Readonly<Partial<Record<Kept, unknown>>>, name: Kept): Settings[string] {
  const value = settings[name] ?? null;
  if (value === null) return null;
  switch (name) {
    case "shuffle":
      return value === true ? null : true;
    case "classWeights":
      return value instanceof Map ? pairs(value as ReadonlyMap<string, number>, ":") : "balanced";
    case "dims":
      return pairs(Object.entries(value as Readonly<Record<string, number>>), "=");
    case "inputs":
    case "targets":
      return (value as readonly string[]).join(",");
    case "except":
      return (value as readonly string[]).toSorted().join(",");
    case "block":
      return blockText(value as BlockShape);
    default:
      return value as string | number | boolean;
  }
}

/** `4x8` */
export function blockText({ inputs, units }: BlockShape): string {
  return `${inputs}x${units}`;
}

/** Sorted, for in another order they say the same. */
function pairs(entries: Iterable<readonly [string, number]>, sign: string): string {
  return [...entries]
    .map(([name, value]) => `${name}${sign}${value}`)
    .sort()
    .join(",");
}

function parsed(name: Exclude<Kept, "shuffle">, value: string | number | boolean): unknown {
  const option = options[name];
  return "parser" in option ? option.parser.read(String(value)) : value;
}

/** `--batch-size` */
function flagOf(name: Kept): string {
  return options[name].flag.split(" ", 1)[0] as string;
}
