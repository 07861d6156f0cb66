import { product } from "../../ir/product.ts";
import { formatCount } from "../../diagnostics/format-count.ts";
import type { Graph } from "../../ir/graph.ts";
import { elementCount } from "../../ir/shape.ts";
import { lowerToLoops } from "../../lower/graph-to-loops.ts";
import type { EngineName } from "../../passes/engines.ts";
import { batch } from "../../passes/loops/batch.ts";
import { plainSimd } from "../../vectors/instruction-set.ts";
import { lowerToVectors } from "../../vectors/lower-to-vectors.ts";
import type { LoweredModel } from "../lowered-model.ts";
import type { UnsupportedReason } from "../target.ts";
import { layOutMemory, pageBytes, type MemoryLayout } from "./memory-layout.ts";
import { chunkBudget, planFallback } from "./plan-fallback.ts";

/** What would keep a model off WebAssembly: the same as `assembleModules` finds, before anything is assembled. */
export function unsupportedReason(model: LoweredModel, engine?: EngineName): UnsupportedReason | undefined {
  const { graph } = model;
  if (engine === "interpreter") return { message: "interpreters such as Hermes and QuickJS have no WebAssembly" };
  const lookup = unsupportedLookup(graph);
  if (lookup !== undefined) return lookup;
  // Nearly every model is so far below the limit that its memory need not be laid out.
  if (highestBytes(model) < mostBytes) return undefined;
  const { plans } = planFallback(model);
  const chunk = batch(lowerToLoops(graph, plans), chunkBudget).batch?.chunk ?? 1;
  return isTooLarge(layOutMemory(lowerToVectors(graph, plainSimd), 0, chunk))
    ? { message: "WebAssembly can't hold its weights and values, which take more than 4 GB" }
    : undefined;
}

/** Float32 holds each whole number up to here, so that a larger table would give wrong rows. */
const mostRows = 2 ** 24;

/** Bytes that have an address of 32 bits: 4 GB, but for the last page. */
const mostBytes = 2 ** 32 - 2 ** 16;

/** The first lookup of a graph in a table that has more rows than float32 tells apart. */
export function unsupportedLookup({ operations }: Graph): UnsupportedReason | undefined {
  for (const operation of operations) {
    const rows = operation.kind === "embedding" ? (operation.table.shape[0] ?? 0) : 0;
    if (rows <= mostRows) continue;
    const layer = operation.origins[0]?.path ?? [];
    const message = `WebAssembly can't tell the ${formatCount(rows)} rows of '${layer.join("/")}' apart: float32 holds whole numbers up to ${formatCount(mostRows)}`;
    return { message, layer };
  }
  return undefined;
}

/** Whether what has a place in memory from the start is more than WebAssembly has. */
export function isTooLarge({ pages }: MemoryLayout): boolean {
  return pages * pageBytes > mostBytes;
}

/** More than a model takes: weights padded to four units, biases that folding adds; a buffer for each value between layers. */
function highestBytes({ graph, weights }: LoweredModel): number {
  const parameters = weights.reduce((sum, { shape }) => sum + product(shape), 0);
  const values = [graph.input, ...graph.operations.map(({ output }) => output)];
  const perSample = values.reduce((sum, { shape }) => sum + elementCount(shape).factor, 0);
  return 32 * parameters + 4 * chunkBudget.samples * perSample;
}
