import { expectedTimes } from "../../../src/stages/expected-times.ts";
import { median } from "../table.ts";
import { lowerText } from "./lower.ts";
import type { Recorded } from "./recorded.ts";

/** A recorded model with what the cost models expect. */
export interface Judged extends Recorded {
  readonly expected: { readonly typescript: number; readonly wasm: number };
}

export async function judge(recorded: readonly Recorded[]): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  for (const model of recorded) {
    const times = await expectedTimes((await lowerText(model.text)).lowered);
    const of = (name: string): number => times.find(({ target }) => target === name)?.time.best ?? Number.NaN;
    judged.push({ ...model, expected: { typescript: of("typescript"), wasm: of("wasm") } });
  }
  return judged;
}

/** By what factor an expectation is off, in either direction. */
export function factorOff(expected: number, measured: number): number {
  return Math.max(expected / measured, measured / expected);
}

/** The factors by which expectations are off for one target. */
export function accuracyOf(judged: readonly Judged[], target: "typescript" | "wasm") {
  const factors = judged.map((model) => factorOff(model.expected[target], model[target]));
  return { median: median(factors), most: Math.max(...factors) };
}
