/** Median of a list; the upper one of two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number;
}

/**
 * Nanoseconds per call of each function, after a warm-up of half a second: a long straight-line function is several times as
 * slow in its first tenth of a second. Rounds of about a millisecond are interleaved, so that whatever else the
 * machine does meets all functions; the median counts.
 */
export function nanosecondsPerCall(calls: readonly (() => unknown)[], rounds = 100): readonly number[] {
  for (const call of calls) warmUp(call);
  const repeats = calls.map((call) => repeatsForOneMillisecond(call));
  const times: number[][] = calls.map(() => []);
  for (let round = 0; round < rounds; round++) {
    calls.forEach((call, at) => {
      const count = repeats[at] as number;
      const start = performance.now();
      for (let i = 0; i < count; i++) call();
      times[at]?.push(((performance.now() - start) * 1e6) / count);
    });
  }
  return times.map(median);
}

function warmUp(call: () => unknown): void {
  const start = performance.now();
  while (performance.now() - start < 500) call();
}

function repeatsForOneMillisecond(call: () => unknown): number {
  for (let count = 1; ; count *= 2) {
    const start = performance.now();
    for (let i = 0; i < count; i++) call();
    if (performance.now() - start >= 1) return count;
  }
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
