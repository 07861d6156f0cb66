import type { Value } from "../../layers/arguments/value.ts";
import type { BlockDeclaration, LetDeclaration, RepeatStatement } from "../../syntax/ast.ts";
import type { CheckedModel } from "../checked-model.ts";
import type { CheckedStep } from "./checked-step.ts";
import type { Definition } from "./definition.ts";

/**
 * What the checker knows of a program, for those who show it while it is written: nothing is left out because of an error
 * but what the error itself hides. Spans tell the file, which may be an imported one.
 */
export interface SemanticIndex {
  /** The file that was checked. */
  readonly path: string;
  /** All models of the file in order of declaration, then those of imported files that they use. */
  readonly models: readonly CheckedModel[];
  /** What stands in a body that has also, or only, been checked by itself. */
  readonly bodies: readonly CheckedBody[];
  /** The values of the lets, of imported files those that are used. */
  readonly values: ReadonlyMap<LetDeclaration, Value>;
  /** Every name that a file of the program defines. Found when first asked for. */
  readonly definitions: readonly Definition[];
}

/** A block, which is checked by itself with unknown parameters, or a repeat that never runs. No shapes are followed. */
export interface CheckedBody {
  readonly node: BlockDeclaration | RepeatStatement;
  readonly steps: readonly CheckedStep[];
}
