import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { BlockDeclaration, LetDeclaration, ModelDeclaration, RepeatStatement } from "../syntax/ast.ts";
import type { Value } from "../layers/arguments/value.ts";
import type { CheckedModel } from "./checked-model.ts";
import type { Damage } from "./damage.ts";
import type { CheckMemory } from "./memory/check-memory.ts";
import type { FileScope } from "./scope.ts";
import type { ExpandedStep } from "./step.ts";

/** The state of one run of `checkProgram`. Collects diagnostics and remembers what has been worked out. */
export interface CheckContext {
  readonly scopes: ReadonlyMap<string, FileScope>;
  readonly damage: Damage;
  /**
   * Adds a diagnostic, unless the same one is there already (a block is expanded many times). With `oncePerPlace` the
   * same means the same code at the same place, whatever the message.
   */
  report(diagnostic: Diagnostic, oncePerPlace?: boolean): void;
  readonly lets: Map<LetDeclaration, Value>;
  readonly models: Map<ModelDeclaration, CheckedModel>;
  /** Blocks and models that use themselves; they are not expanded. */
  readonly recursive: Set<object>;
  /** Bodies that never run and have been checked by themselves, with their steps. */
  readonly idle: Map<RepeatStatement, readonly ExpandedStep[]>;
  /** Blocks that have been checked by themselves, with their steps. */
  readonly blocks: Map<BlockDeclaration, readonly ExpandedStep[]>;
  /** What earlier checks have found out about the same nodes; absent for a check without others before it. */
  readonly memory?: CheckMemory | undefined;
  /** Statements that may still be expanded. */
  remainingSteps: number;
}
