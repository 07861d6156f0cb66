/** Runs one after the other what is given to it. */
export type InTurn = <Value>(run: () => Promise<Value> | Value) => Promise<Value>;

/**
 * An order for all that works with analyses. One edit changes the trees of the analysis before it in place, so an answer has to
 * be worked out to its end before the next analysis begins.
 */
export function createTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const turn = last.then(run);
    last = turn.catch(() => undefined);
    return turn;
  };
}
