import type { Shape } from "../../ir/shape.ts";
import type { CallArgument } from "../../layers/arguments/value.ts";
import type { LayerConfig, LayerDefinition, WeightSpec } from "../../layers/definition.ts";
import type { BlockDeclaration, LayerStatement, ModelDeclaration, RepeatStatement } from "../../syntax/ast.ts";
import type { Trace } from "../step.ts";

/**
 * What is known of one statement in one expansion of a body, also where it has errors. A statement in a block or a repeat
 * has as many of these as it is expanded; one that holds others comes before them.
 */
export type CheckedStep = CheckedLayer | CheckedNested | CheckedBlockCall | CheckedRepeat | FaultyStep;

interface StepBase {
  /** The block calls that the step has come about through, the innermost first. */
  readonly trace: Trace | undefined;
  /** What arrives. Undefined where an error hides it, and in a body that is checked by itself. */
  readonly inputShape: Shape | undefined;
  readonly outputShape: Shape | undefined;
  /**
   * An error hides one of the shapes, and what stands there is what it probably is: the shape that was asserted behind the
   * error, or that of a damaged layer that keeps its input's.
   */
  readonly isLikely: boolean;
}

/** A layer, with whatever its arguments are. */
export interface CheckedLayer extends StepBase {
  readonly kind: "layer";
  readonly statement: LayerStatement;
  /** In its model: `dense_1`, `hidden`. Undefined in a body that is checked by itself. */
  readonly name: string | undefined;
  readonly definition: LayerDefinition;
  /** As written, evaluated; `argumentsOf` tells which parameter each one is for. */
  readonly args: readonly CallArgument[];
  /** By parameter; where an argument is wrong or left out, its default. */
  readonly config: LayerConfig;
  readonly trainable: boolean;
  /** Undefined where they depend on something unknown. */
  readonly weights: readonly WeightSpec[] | undefined;
}

/** A model used as a layer. */
export interface CheckedNested extends StepBase {
  readonly kind: "nested";
  readonly statement: LayerStatement;
  readonly name: string | undefined;
  readonly declaration: ModelDeclaration;
  /** In parentheses, which few uses have. */
  readonly args: readonly CallArgument[];
  readonly trainable: boolean;
}

/** A block call: from the shape that arrives at its first layer to that of its last one. */
export interface CheckedBlockCall extends StepBase {
  readonly kind: "block";
  readonly statement: LayerStatement;
  readonly declaration: BlockDeclaration;
  readonly args: readonly CallArgument[];
}

/** A whole repeat. */
export interface CheckedRepeat extends StepBase {
  readonly kind: "repeat";
  readonly statement: RepeatStatement;
  /** Undefined where an error hides it. */
  readonly count: number | undefined;
}

/** A statement that is no layer, or has a syntax error in it. */
export interface FaultyStep extends StepBase {
  readonly kind: "faulty";
  readonly statement: LayerStatement;
  /** What is named: a layer, a block or a model, if there is one of that name. */
  readonly callee: LayerDefinition | BlockDeclaration | ModelDeclaration | undefined;
}
