/** What was measured at an epoch, for the points that are trained on and for those that are held back. */
export interface Measure {
  readonly epoch: number;
  readonly training: Values;
  readonly test: Values;
}

/** `loss`, `accuracy`, ... */
type Values = Readonly<Record<string, number>>;

/** As many are kept at least, once there were that many: curves are drawn of them. */
const enough = 200;

/** What was measured so far: where there is too much, every second measure goes, so that the whole run stays in sight. */
export class History {
  #measures: Measure[] = [];
  /** Epochs between two measures. */
  #stride = 0;

  get measures(): readonly Measure[] {
    return this.#measures;
  }

  get last(): Measure | undefined {
    return this.#measures.at(-1);
  }

  add(measure: Measure): void {
    const measures = this.#measures;
    // The last one stands for now, and stays only when it is far enough from the one before.
    const [before, last] = [measures.at(-2), measures.at(-1)];
    const isClose =
      before !== undefined && last!.epoch - before.epoch < this.#stride;
    if (isClose || last?.epoch === measure.epoch) measures.pop();
    measures.push(measure);
    if (measures.length < 2 * enough) return;
    this.#measures = measures.filter(
      (_, at) => at % 2 === 0 || at === measures.length - 1,
    );
    this.#stride = measure.epoch / enough;
  }
}
