import type { RelatedPlace, Span } from "../diagnostics/diagnostic.ts";
import type { Shape } from "../ir/shape.ts";
import type { CallArgument } from "../layers/arguments/value.ts";
import type { LayerDefinition } from "../layers/definition.ts";
import type { BlockDeclaration, LayerStatement, ModelDeclaration, RepeatStatement } from "../syntax/ast.ts";
import type { Meanings } from "./memory/meanings.ts";
import type { ModelEntity } from "./scope.ts";

/** A body with its blocks and repeats expanded: what happens to the shape, in order. */
export type ExpandedStep = LayerStep | NestedStep | AssertionStep | GapStep | EnterStep | LeaveStep;

export interface LayerStep {
  readonly kind: "layer";
  readonly statement: LayerStatement;
  readonly definition: LayerDefinition;
  readonly args: readonly CallArgument[];
  /** Whether what earlier checks have found out about the same statement still holds. */
  readonly isKnown?: boolean;
  /** What the names in the arguments stand for, where nothing was reported of them, for later checks. */
  readonly meanings?: Meanings | undefined;
  /** The statement without its assertion: `hidden: Dense(64)`. */
  readonly span: Span;
  readonly trace: Trace | undefined;
}

export interface NestedStep {
  readonly kind: "nested";
  readonly statement: LayerStatement;
  readonly entity: ModelEntity;
  readonly args: readonly CallArgument[];
  readonly trainable: boolean;
  readonly span: Span;
  readonly trace: Trace | undefined;
}

/** `-> [64]` after a layer, a block call or a repeat. */
export interface AssertionStep {
  readonly kind: "assertion";
  /** What it stands behind, for the message; undefined for the layer right before it. */
  readonly subject: string | undefined;
  readonly shape: Shape;
  readonly span: Span;
  readonly trace: Trace | undefined;
}

/** Something that could not be expanded: the shape is unknown from here on. */
export interface GapStep {
  readonly kind: "gap";
  /** Whether the error lies in the statement before, which has a step of its own. */
  readonly isInStatement?: boolean;
  /** What an error was found in; absent for a hole between statements, and where a limit ends the expansion. */
  readonly cause?: {
    readonly statement: LayerStatement;
    /** What its name stands for: a layer, a block or a model, if any. */
    readonly callee: LayerDefinition | BlockDeclaration | ModelDeclaration | undefined;
    readonly trace: Trace | undefined;
  };
}

/** A block call or a repeat begins: what it stands for follows, up to the step that leaves it. */
export interface EnterStep {
  readonly kind: "enter";
  readonly call: BlockCall | Repetition;
  readonly trace: Trace | undefined;
}

export interface LeaveStep {
  readonly kind: "leave";
}

export interface BlockCall {
  readonly kind: "block";
  readonly statement: LayerStatement;
  readonly declaration: BlockDeclaration;
  readonly args: readonly CallArgument[];
}

export interface Repetition {
  readonly kind: "repeat";
  readonly statement: RepeatStatement;
  /** Undefined where an error hides it. */
  readonly count: number | undefined;
}

/** Through which block calls a step has come about, the innermost first. */
export interface Trace {
  readonly block: string;
  readonly span: Span;
  readonly outer: Trace | undefined;
}

const nowhere: readonly RelatedPlace[] = [];

/** The block calls as related places, the nearest three. */
export function traceRelated(trace: Trace | undefined): readonly RelatedPlace[] {
  if (trace === undefined) return nowhere;
  const places: RelatedPlace[] = [];
  for (let at: Trace | undefined = trace; at !== undefined && places.length < 3; at = at.outer) {
    places.push({ span: at.span, message: `in this use of block '${at.block}'` });
  }
  return places;
}

/** Where the model's own body calls the blocks that a step has come about through; nothing for a step of that body itself. */
export function traceUse(trace: Trace | undefined): { readonly use?: Span } {
  let outermost = trace;
  while (outermost?.outer !== undefined) outermost = outermost.outer;
  return outermost === undefined ? {} : { use: outermost.span };
}
