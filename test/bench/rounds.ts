import type { LineProcess } from "./process.ts";
import { median } from "./table.ts";

/** Nanoseconds per call of each contender, one figure per round. */
export type Rounds = ReadonlyMap<string, readonly number[]>;

export interface RoundsOptions {
  /** How long each contender runs before anything counts. */
  readonly warmUp: number;
  readonly rounds: number;
  /** How long each contender runs in a round. */
  readonly milliseconds: number;
}

/**
 * Runs the contenders in turn, A B C A B C, so that whatever else the machine does meets all of them. One that fails is
 * left out, after `onFailure`.
 */
export async function interleavedRounds(
  processes: ReadonlyMap<string, LineProcess>,
  { warmUp, rounds, milliseconds }: RoundsOptions,
  onFailure: (contender: string, error: Error) => void,
): Promise<Rounds> {
  const times = new Map<string, number[]>([...processes.keys()].map((name) => [name, []]));
  const run = async (name: string, duration: number): Promise<number | undefined> => {
    try {
      const answer = await processes.get(name)?.ask(`run ${duration}`);
      return Number(answer?.split(" ")[0]);
    } catch (error) {
      times.delete(name);
      onFailure(name, error as Error);
      return undefined;
    }
  };
  for (const name of processes.keys()) await run(name, warmUp);
  for (let round = 0; round < rounds; round++) {
    for (const name of times.keys()) {
      const time = await run(name, milliseconds);
      if (time !== undefined) times.get(name)?.push(time);
    }
  }
  return times;
}

/** How many times as fast as `other` a contender is: the median of the rounds' ratios. Undefined when one did not run. */
export function timesAsFast(rounds: Rounds, contender: string, other: string): number | undefined {
  const [mine, theirs] = [rounds.get(contender), rounds.get(other)];
  if (mine === undefined || theirs === undefined || mine.length === 0) return undefined;
  return median(mine.map((time, round) => (theirs[round] as number) / time));
}
