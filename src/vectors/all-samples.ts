import type { Statement } from "../ir/loops.ts";
import { samplesAxis } from "../ir/samples.ts";
import { multiplySizes, type Size } from "../ir/size.ts";
import { joinNestedLoops, sampleLoop } from "../lower/sample-axis.ts";

/**
 * How many samples a program computes: as many as it is told to, the same but at least `fewestMany`, or the one that lies at
 * the start of its buffers.
 */
export type Samples = "any" | "many" | "one";

/** Enough for every tile of rows. */
export const fewestMany = 6;

/** The rows of an operation that has so many for one sample. */
export function rowsOf(rows: Size, samples: Samples): Size {
  return samples === "one" ? rows : multiplySizes(samplesAxis, rows);
}

/** The loop nest of one sample for all samples, which lie one after the other. */
export function forAllSamples(statements: readonly Statement[]): readonly Statement[] {
  return [joinNestedLoops(sampleLoop(statements, "sample", samplesAxis))];
}
