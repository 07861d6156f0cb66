import type { Value } from "../../layers/arguments/value.ts";
import type { LayerStatement, LetDeclaration, ModelDeclaration } from "../../syntax/ast.ts";
import type { CheckedModel } from "../checked-model.ts";
import type { Meanings } from "./meanings.ts";
import type { RememberedLayer } from "./remembered-layer.ts";

/**
 * What the checks of one file have found out about nodes of its syntax tree, for later checks of the same nodes: those that
 * an edit has left where they were, or has moved. Only what nothing was reported of is remembered.
 */
export interface CheckMemory {
  readonly lets: Map<LetDeclaration, RememberedLet>;
  readonly layers: Map<LayerStatement, RememberedLayer>;
  readonly models: Map<ModelDeclaration, RememberedModel>;
  /** The number of the check that runs. */
  check: number;
}

interface RememberedLet {
  readonly value: Value;
  readonly meanings: Meanings;
  usedBy: number;
}

/** A model that nothing was reported of, as a check left it. */
interface RememberedModel {
  readonly checked: CheckedModel;
  /** What all names in it, and in the blocks that it calls, come to. */
  readonly meanings: readonly unknown[];
  /** Statements that its expansion took. */
  readonly steps: number;
  usedBy: number;
}

export function createCheckMemory(): CheckMemory {
  return { lets: new Map(), layers: new Map(), models: new Map(), check: 0 };
}

/** Begins a check: what the one before had no use for is forgotten, once there is much of it. */
export function beginCheck(memory: CheckMemory | undefined): void {
  if (memory === undefined) return;
  // A model that is remembered as a whole keeps its layers, of which nobody asks meanwhile.
  const kept = [...memory.models.values()].reduce(
    (sum, { usedBy, steps }) => sum + (usedBy === memory.check ? steps : 0),
    0,
  );
  forgetUnused(memory.lets, memory.check, 0);
  forgetUnused(memory.layers, memory.check, kept);
  forgetUnused(memory.models, memory.check, 0);
  memory.check++;
}

function forgetUnused<Node>(remembered: Map<Node, { readonly usedBy: number }>, check: number, kept: number): void {
  let used = kept;
  for (const { usedBy } of remembered.values()) if (usedBy === check) used++;
  if (remembered.size <= 2 * used + 100) return;
  for (const [node, { usedBy }] of remembered) if (usedBy !== check) remembered.delete(node);
}
