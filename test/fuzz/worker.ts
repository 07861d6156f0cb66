import { type FuzzInput, inputOf } from "./inputs.ts";
import { judge } from "./judge.ts";
import { installedPeers } from "./peers/installed-peers.ts";

/** What a worker is asked, and what it answers, in this order for each number: `at`, and at the end of all `done`. */
export interface Order {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  /** Of that many inputs, one has its models run: even, since odd inputs never have. */
  readonly every: number;
  /** Inputs of other kinds are passed over. */
  readonly kind?: string;
  /** Whether other software that is installed says what it makes of model files. */
  readonly peers: boolean;
}

export type Answer =
  | { readonly kind: "at"; readonly number: number }
  | { readonly kind: "wrong"; readonly number: number; readonly input: string; readonly why: string }
  | { readonly kind: "done"; readonly counts: Readonly<Record<string, number>> };

const tell = (answer: Answer): void => void process.send?.(answer);

process.on("message", async ({ seed, from, to, every, kind, peers: hasPeers }: Order) => {
  const peers = hasPeers ? await installedPeers() : {};
  const counts: Record<string, number> = {};
  for (let number = from; number < to; number++) {
    tell({ kind: "at", number });
    const { probe, ...rest } = inputOf(seed, number);
    const input: FuzzInput = probe === undefined || number % every !== 0 ? rest : { ...rest, probe };
    if (kind !== undefined && input.kind !== kind) continue;
    counts[input.kind] = (counts[input.kind] ?? 0) + 1;
    let why: string | undefined;
    try {
      why = await judge(input, counts, peers);
    } catch (error) {
      why = `thrown: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    }
    if (why !== undefined) tell({ kind: "wrong", number, input: `${input.kind}: layerc ${input.argv.join(" ")}`, why });
  }
  tell({ kind: "done", counts });
});
