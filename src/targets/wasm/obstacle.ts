import type { Graph } from "../../ir/graph.ts";
import { pageBytes, type MemoryLayout } from "./memory-layout.ts";

/** Why WebAssembly can't run a model. */
export type Obstacle =
  /** Its weights and values need more memory than WebAssembly has. */
  | { readonly kind: "memory" }
  /** A table has rows whose indices float32 does not tell apart. */
  | { readonly kind: "indices"; readonly layer: readonly string[]; readonly rows: number };

/** Float32 holds each whole number up to here, so that a larger table would give wrong rows. */
export const mostRows = 2 ** 24;

/** Bytes that have an address of 32 bits: 4 GB, but for the last page. */
export const mostBytes = 2 ** 32 - 2 ** 16;

/** The first lookup of a graph in a table that is too large. */
export function lookupObstacle({ operations }: Graph): Obstacle | undefined {
  for (const operation of operations) {
    const rows = operation.kind === "embedding" ? (operation.table.shape[0] ?? 0) : 0;
    if (rows > mostRows) return { kind: "indices", layer: operation.origins[0]?.path ?? [], rows };
  }
  return undefined;
}

/** Whether what has a place in memory from the start is too much. */
export function memoryObstacle({ pages }: MemoryLayout): Obstacle | undefined {
  return pages * pageBytes > mostBytes ? { kind: "memory" } : undefined;
}
