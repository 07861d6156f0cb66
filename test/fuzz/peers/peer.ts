import type { Nd } from "../../random/nd.ts";

/** Other software that runs a model file: the outputs for one sample, or nothing for a file that it refuses. */
export type Peer = (
  files: Readonly<Record<string, string | Uint8Array>>,
  name: string,
  inputs: readonly Nd[],
) => Promise<readonly (readonly ArrayLike<number>[])[] | undefined>;

/** By the ending of the files, those that are installed. */
export type Peers = Readonly<Record<string, Peer>>;
