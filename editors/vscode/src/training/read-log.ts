/** An epoch of a training, counted from 1. */
export interface Epoch {
  readonly epoch: number;
  readonly results: Results;
}

/** The loss, the metrics, and those of the validation; null is no finite number. */
export type Results = Readonly<Record<string, number | null>>;

/** Reads the log of a training while it is written: the lines that are whole. */
export class LogReader {
  #rest = "";

  /** The epochs of what was added to the file. */
  take(text: string): readonly Epoch[] {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    return lines.map(epochOf).filter((epoch) => epoch !== undefined);
  }
}

function epochOf(line: string): Epoch | undefined {
  try {
    const { epoch, seconds: _, ...results } = JSON.parse(line) as Results;
    return typeof epoch === "number" ? { epoch, results } : undefined;
  } catch {
    return undefined;
  }
}
