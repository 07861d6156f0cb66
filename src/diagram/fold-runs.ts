import type { DiagramItem, Place, RepeatItem } from "./diagram.ts";

/** How many items may be what repeats. */
const longestPattern = 16;
/** Two equal layers are as easily read apart. */
const leastCount = 3;

/** Items of which the same ones, three times and more in a row, are one `repeat`. The most is folded first come, first served. */
export function foldRuns(items: readonly DiagramItem[]): readonly DiagramItem[] {
  if (items.length < leastCount) return items;
  const keys = items.map(keyOf);
  const patterns = Math.min(longestPattern, Math.floor(items.length / leastCount));
  const equal = Array.from({ length: patterns }, (_, index) => equalAhead(keys, index + 1));
  const folded: DiagramItem[] = [];
  for (let at = 0; at < items.length;) {
    const { period, count } = bestRun(equal, at);
    const item = items[at] as DiagramItem;
    folded.push(count === 1 ? item : repeat(items.slice(at, at + period * count), period, count));
    at += period * count;
  }
  return folded;
}

/** At each place how many keys from there on are that of the one `period` behind them. */
function equalAhead(keys: readonly string[], period: number): Uint32Array {
  const ahead = new Uint32Array(keys.length + 1);
  for (let at = keys.length - period - 1; at >= 0; at--) {
    if (keys[at] === keys[at + period]) ahead[at] = (ahead[at + 1] as number) + 1;
  }
  return ahead;
}

/** The run that begins at a place and hides the most items; the shortest pattern of equal ones. */
function bestRun(equal: readonly Uint32Array[], at: number): { readonly period: number; readonly count: number } {
  let best = { period: 1, count: 1 };
  for (const [index, ahead] of equal.entries()) {
    const period = index + 1;
    const count = Math.floor((ahead[at] as number) / period) + 1;
    if (count >= leastCount && (count - 1) * period > (best.count - 1) * best.period) best = { period, count };
  }
  return best;
}

function repeat(run: readonly DiagramItem[], period: number, count: number): RepeatItem {
  const last = run.at(-1) as DiagramItem;
  return {
    kind: "repeat",
    count,
    items: run.slice(0, period),
    lastPath: "path" in last ? last.path : [],
    outputShape: last.outputShape,
    parameters: run.reduce((sum, { parameters }) => sum + parameters, 0),
    layers: run.reduce((sum, { layers }) => sum + layers, 0),
    ...spanning(run),
  };
}

/** From the first place of some items to the last. */
export function spanning(items: readonly DiagramItem[]): { readonly place: Place; readonly use?: Place } {
  const uses = items.flatMap(({ use }) => (use === undefined ? [] : [use]));
  return {
    place: around(items.map(({ place }) => place)),
    ...(uses.length === 0 ? {} : { use: around(uses) }),
  };
}

function around(places: readonly Place[]): Place {
  return places.reduce((all, { start, end }) => ({ start: Math.min(all.start, start), end: Math.max(all.end, end) }));
}

function keyOf(item: DiagramItem): string {
  return "key" in item ? item.key : "";
}
