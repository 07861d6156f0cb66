import { shorten } from "../../files/shorten.ts";
import { operatorName } from "./operator-name.ts";
import type { StoredNode } from "./read-graph.ts";

/** `node 'fc1/Gemm' (Gemm)`; a node without a name is known by what it makes. */
export function describeNode(node: StoredNode): string {
  const { name, outputs } = node;
  const shown = shorten(name === "" ? (outputs[0] ?? "") : name);
  return `node '${shown}' (${shorten(operatorName(node), 80)})`;
}
