import type { Span } from "../diagnostics/diagnostic.ts";
import type { Shape } from "../ir/shape.ts";
import type { CompileClause, InputClause, LabelsClause, ModelDeclaration, WeightsClause } from "../syntax/ast.ts";
import type { Model } from "./model.ts";
import type { CheckedStep } from "./semantics/checked-step.ts";

/** The clauses of a model, the first of each kind. */
export interface Clauses {
  readonly input?: InputClause;
  readonly weights?: WeightsClause;
  readonly labels?: LabelsClause;
  readonly compile?: CompileClause;
}

/** What is known of a model after its check, also where it has errors. */
export interface CheckedModel {
  readonly declaration: ModelDeclaration;
  readonly clauses: Clauses;
  /** Absent where the model, or one nested in it, has an error. */
  readonly model?: Model;
  readonly inputShape?: Shape;
  readonly outputShape?: Shape;
  /** What its body expands to, statement by statement. */
  readonly steps: readonly CheckedStep[];
  /** After expansion, nested models included. */
  readonly layerCount: number;
  /** Nested models included. */
  readonly parameterCount: number;
  /** Levels of blocks, repeats and models within one another. */
  readonly depth: number;
  /** Its own `weights` clause, or the first one nested in it. */
  readonly weightsClause?: Span;
}
