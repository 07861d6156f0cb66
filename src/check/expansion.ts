import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { CheckContext } from "./context.ts";
import type { Evaluation, Scope } from "./evaluate.ts";
import type { ExpandedStep, Trace } from "./step.ts";

/** One expansion of a model's body. */
export interface Expansion {
  readonly context: CheckContext;
  report(diagnostic: Diagnostic, oncePerPlace?: boolean): void;
  /** Checks a body by itself: repeats run once, blocks are not entered. */
  readonly loose: boolean;
  readonly steps: ExpandedStep[];
  /** Nested models' layers included. */
  layerCount: number;
  /** The deepest level reached, nested models included. */
  depth: number;
  /** A limit was exceeded: nothing more is expanded. */
  stopped: boolean;
}

/** Where in the source an expansion is. */
export interface Place {
  readonly scope: Scope;
  readonly trace: Trace | undefined;
  readonly depth: number;
  readonly inside: "model" | "block" | "repeat";
}

export function startExpansion(context: CheckContext, report: Expansion["report"], loose: boolean): Expansion {
  return { context, report, loose, steps: [], layerCount: 0, depth: 0, stopped: false };
}

export function evaluationAt(place: Place, { context, report }: Expansion): Evaluation {
  return { context, scope: place.scope, report };
}

/** Ends an expansion: what has been found so far no longer is the whole model. */
export function stopExpansion(expansion: Expansion): void {
  expansion.stopped = true;
  expansion.steps.push({ kind: "gap" });
}
