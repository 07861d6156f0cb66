import type { LayerArguments } from "../../layers/arguments/layer-arguments.ts";
import type { CallArgument } from "../../layers/arguments/value.ts";
import type { BuildResult, LayerDefinition } from "../../layers/definition.ts";
import type { Shape } from "../../ir/shape.ts";
import type { LayerInstance } from "../model.ts";
import type { CheckedLayer } from "../semantics/checked-step.ts";
import type { LayerStep } from "../step.ts";
import type { Meanings } from "./meanings.ts";

/** A layer whose arguments are right, and what its shape rule gave last. */
export interface RememberedLayer {
  readonly definition: LayerDefinition;
  readonly args: readonly CallArgument[];
  readonly meanings: Meanings;
  readonly config: LayerArguments;
  input?: Shape;
  result?: Extract<BuildResult, { kind: "built" }>;
  /** What was last made of the statement. It is made again only if it would come out otherwise: editors check at every key. */
  step?: LayerStep;
  layer?: LayerInstance;
  checked?: CheckedLayer;
  /** The last check that it was of use to. */
  usedBy: number;
}
