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
  /** How many layers may be remembered before those are forgotten that no check has asked of. */
  mostLayers: number;
}

interface RememberedLet {
  readonly value: Value;
  readonly meanings: Meanings;
  usedBy: number;
}

/** A model that nothing was reported of, as a check left it. */
interface RememberedModel {
  readonly checked: CheckedModel;
  /** What all names in it, and in the blocks that it calls, come to: told when it is asked for, for most are edited before. */
  meanings: readonly unknown[] | (() => readonly unknown[]);
  /** Statements that its expansion took. */
  readonly steps: number;
  usedBy: number;
}

export function createCheckMemory(): CheckMemory {
  return { lets: new Map(), layers: new Map(), models: new Map(), check: 0, mostLayers: 0 };
}

/** Begins a check: what the one before had no use for is forgotten; of layers, once there are more of them by an eighth. */
export function beginCheck(memory: CheckMemory | undefined): void {
  if (memory === undefined) return;
  forgetUnused(memory.lets, memory.check);
  forgetUnused(memory.models, memory.check);
  if (memory.layers.size > memory.mostLayers) {
    keepLayersOfModels(memory);
    forgetUnused(memory.layers, memory.check);
    memory.mostLayers = 100 + memory.layers.size * 1.125;
  }
  memory.check++;
}

/** A model that is remembered as a whole keeps its layers, of which nobody asks meanwhile. */
function keepLayersOfModels({ models, layers, check }: CheckMemory): void {
  for (const { checked } of models.values()) {
    for (const { kind, statement } of checked.steps) {
      const known = kind === "layer" ? layers.get(statement) : undefined;
      if (known !== undefined) known.usedBy = check;
    }
  }
}

function forgetUnused<Node>(remembered: Map<Node, { readonly usedBy: number }>, check: number): void {
  for (const [node, { usedBy }] of remembered) if (usedBy !== check) remembered.delete(node);
}
