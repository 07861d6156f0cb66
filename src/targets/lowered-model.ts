import type { Model } from "../check/model.ts";
import type { Graph, WeightTensor } from "../ir/graph.ts";
import type { WeightArrays } from "../ir/weight-arrays.ts";
import type { WeightBinding } from "./model-unit.ts";

/** A model with the way in which its weights reach the code. */
export interface BoundModel {
  readonly model: Model;
  readonly binding: WeightBinding;
  /** Its trained arrays, where they are known. */
  readonly arrays?: WeightArrays;
}

/** A model as tensor operations, the same for all targets: what each of them looks at, plans and compiles. */
export interface LoweredModel extends BoundModel {
  /** As the layers state it, before any pass. */
  readonly stated: Graph;
  /** Folded, fused, and rounded to how its arrays are stored. */
  readonly graph: Graph;
  /** Whether weights of 0 are multiplied like others. */
  readonly keepZeros: boolean;
  /** Every trained array, in the model's order, with the precision in which it is stored. */
  readonly weights: readonly WeightTensor[];
}
