import { blockInputs, blockUnits } from "../ir/blocks.ts";
import type { Blocks } from "../ir/graph.ts";
import { costs } from "./costs.ts";

/** How long loops over some blocks of a kernel `[inputs, units]` take, as a part of the time that loops over all of it take. */
export function blockTime({ count }: Blocks, [inputs, units]: readonly number[]): number {
  const panels = Math.ceil((units as number) / blockUnits);
  const all = panels * Math.ceil((inputs as number) / blockInputs);
  return (count * costs.block + panels * costs.panel) / all;
}
