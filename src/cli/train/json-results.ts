import type { Results } from "../../fit/loop/trainer.ts";

/** Loss and metrics as JSON has them, which has no infinite numbers and no NaN: they are null. */
export function jsonResults(results: Results): Readonly<Record<string, number | null>> {
  return Object.fromEntries(
    Object.entries(results).map(([name, value]) => [name, Number.isFinite(value) ? value : null]),
  );
}
