import { shorten } from "../../files/shorten.ts";
import type { StoredNode } from "./read-graph.ts";

/** `node 'fc1/Gemm' (Gemm)`; a node without a name is known by what it makes. */
export function describeNode({ name, operator, domain, outputs }: StoredNode): string {
  const shown = shorten(name === "" ? (outputs[0] ?? "") : name);
  return `node '${shown}' (${domain === "" ? "" : `${shorten(domain, 40)}.`}${shorten(operator, 40)})`;
}
