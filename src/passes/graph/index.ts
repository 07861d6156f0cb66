import type { Graph } from "../../ir/graph.ts";
import type { Precision } from "../../ir/storage-types.ts";
import { verifyGraph } from "../../ir/verify-graph.ts";
import type { WeightArrays } from "../../ir/weight-arrays.ts";
import { runPasses, type Pass, type PassOptions } from "../pass.ts";
import { dropUnits } from "./drop-units.ts";
import { findZeros } from "./find-zeros.ts";
import { foldAffine } from "./fold-affine.ts";
import { fuse } from "./fuse.ts";
import { quantizeKernels } from "./quantize-kernels.ts";
import { roundKernels } from "./round-kernels.ts";

/** What graph passes know beside the graph. */
export interface GraphContext {
  /** Trained arrays that are part of the module; without them nothing is folded. */
  readonly arrays?: WeightArrays | undefined;
  /** Trained arrays that the module reads from a file. Nothing is computed from them; where they are 0 is known. */
  readonly fileArrays?: WeightArrays | undefined;
  /** Whether weights of 0 are multiplied like others. */
  readonly keepZeros?: boolean;
  /** What the kernels of dense layers are stored as. */
  readonly precision: Precision;
}

export type GraphPass = Pass<Graph, GraphContext>;

/** The passes on graphs, in order. */
export const graphPasses: readonly GraphPass[] = [
  {
    name: "fold-affine",
    description: "takes BatchNormalization, Normalization and Rescaling with known numbers into the Dense beside them",
    run: (graph, { arrays }) => (arrays === undefined ? graph : foldAffine(graph, arrays)),
  },
  {
    name: "drop-units",
    description: "known weights of 0: takes out units that are constant or that nothing reads",
    run: (graph, { arrays, keepZeros }) =>
      arrays === undefined || keepZeros === true ? graph : dropUnits(graph, arrays),
  },
  {
    name: "fuse",
    description: "joins an elementwise operation to the one before it: one loop, values still in registers",
    run: fuse,
  },
  {
    name: "round-kernels",
    description: "marks the kernels of dense operations as bfloat16 where that is asked for, and rounds known ones",
    run: (graph, { precision, arrays = new Map() }) => (precision === "bfloat16" ? roundKernels(graph, arrays) : graph),
  },
  {
    name: "quantize-kernels",
    description: "computes large dense operations in integers where int8 is asked for",
    run: (graph, { precision, arrays = new Map() }) => (precision === "int8" ? quantizeKernels(graph, arrays) : graph),
  },
  {
    name: "find-zeros",
    description: "known weights of 0: counts them, and finds blocks of them that are worth skipping",
    run: (graph, { arrays, fileArrays, keepZeros }) => {
      const known = arrays ?? fileArrays;
      return known === undefined || keepZeros === true ? graph : findZeros(graph, known, arrays !== undefined);
    },
  },
];

/** The graph of a model as the layers state it -> the graph that is planned and lowered. */
export function optimizeGraph(graph: Graph, context: GraphContext, options: PassOptions<Graph> = {}): Graph {
  const optimized = runPasses(graphPasses, graph, context, options);
  verifyGraph(optimized);
  return optimized;
}
