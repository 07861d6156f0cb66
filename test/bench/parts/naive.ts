import { workloadsPart } from "./workloads.ts";
import type { Part } from "./part.ts";
import type { ContestData } from "../contest-data.ts";

/** The TypeScript target beside naive loops only, for whoever tunes it: a short run of `workloads`. */
export const naivePart: Part<readonly ContestData[]> = {
  ...workloadsPart,
  name: "naive",
  title: "The TypeScript target beside naive loops",
  run: (options) =>
    workloadsPart.run({
      ...options,
      only: options.only ?? ["T", "S", "M", "L"],
      peers: options.peers ?? ["layerc-ts", "naive"],
    }),
};
