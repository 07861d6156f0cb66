import { dimSize, type Size } from "./size.ts";

/** The run-time dim that counts samples; no dim of a source has this name. */
export const samplesDim = "samples*";

/** The number of samples as a size: the outermost axis of every value that each sample has its own of. */
export const samplesAxis: Size = dimSize(samplesDim);
