import { contenders, type ContenderEntry } from "./contenders.ts";
import type { Contest } from "./contest.ts";
import { timesAsFast } from "./rounds.ts";
import { formatTime, median, table } from "./table.ts";

/** What is kept of a contest. */
export interface ContestData {
  readonly workload: string;
  readonly title: string;
  readonly batch: number;
  /** Median nanoseconds per call. */
  readonly nanoseconds: Readonly<Record<string, number>>;
  /** How many times as fast as the others each of layerc's contenders is: the median of the ratios of single rounds. */
  readonly timesAsFast: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Relative RMS error against float64. */
  readonly errors: Readonly<Record<string, number>>;
  readonly notes: Readonly<Record<string, string>>;
  readonly skipped: Readonly<Record<string, string>>;
}

/** Medians and ratios of a contest. */
export function contestData(
  { workload, rounds, errors, notes, skipped }: Contest,
  entries: readonly ContenderEntry[] = contenders,
): ContestData {
  const names = [...rounds.keys()];
  const own = names.filter((name) => entries.some((entry) => entry.name === name && entry.kind === "layerc"));
  const ratios = own.map((name) => {
    const others = names.filter((other) => other !== name);
    return [
      name,
      Object.fromEntries(others.map((other) => [other, digits(timesAsFast(rounds, name, other))])),
    ] as const;
  });
  return {
    workload: workload.name,
    title: workload.title,
    batch: workload.batch,
    nanoseconds: Object.fromEntries(names.map((name) => [name, digits(median(rounds.get(name) ?? []))])),
    timesAsFast: Object.fromEntries(ratios),
    errors: Object.fromEntries([...errors].map(([name, error]) => [name, digits(error)])),
    notes: Object.fromEntries([...notes].filter(([, note]) => note !== "")),
    skipped: Object.fromEntries(skipped),
  };
}

/** Four digits: more would be noise in a file that is compared. */
function digits(value: number | undefined): number {
  return Number((value ?? Number.NaN).toPrecision(4));
}

/** A row per contender that ran anywhere, a column per contest. */
export function contestTable(
  contests: readonly ContestData[],
  cell: (contest: ContestData, contender: string) => string | undefined,
  head: (contest: ContestData) => string = ({ workload }) => workload,
  entries: readonly ContenderEntry[] = contenders,
): string {
  const all = new Set(contests.flatMap(({ nanoseconds }) => Object.keys(nanoseconds)));
  const known = entries.filter(({ name }) => all.has(name));
  const names = [...known, ...[...all].filter((name) => !known.some((entry) => entry.name === name)).map(untitled)];
  return table(
    ["", ...contests.map(head)],
    names.map(({ name, title }) => [
      title,
      ...contests.map((contest) => (contest.nanoseconds[name] === undefined ? "–" : (cell(contest, name) ?? "–"))),
    ]),
  );
}

/** Median times. */
export function timeCell({ nanoseconds }: ContestData, contender: string): string {
  return formatTime(nanoseconds[contender] ?? Number.NaN);
}

function untitled(name: string): { readonly name: string; readonly title: string } {
  return { name, title: name };
}
