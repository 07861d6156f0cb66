import type { Model } from "../../src/check/model.ts";
import type { Graph } from "../../src/ir/graph.ts";
import { packBlocks } from "../../src/ir/blocks.ts";
import { packPanels } from "../../src/ir/panels.ts";
import type { VectorProgram, VectorWeights } from "../../src/vectors/vector-loops.ts";
import { verifyVectors } from "../../src/vectors/verify-vectors.ts";
import { storageType } from "../../src/ir/storage-types.ts";
import { weightKey, type WeightArrays } from "../../src/ir/weight-arrays.ts";
import { lowerToGraph } from "../../src/lower/model-to-graph.ts";
import { fuse } from "../../src/passes/graph/fuse.ts";
import { checkSource } from "../../src/stages/check-source.ts";
import { fewestMany } from "../../src/vectors/all-samples.ts";
import { plainSimd, relaxedSimd, type InstructionSet } from "../../src/vectors/instruction-set.ts";
import { joinKernels } from "../../src/vectors/join-kernels.ts";
import { lowerToVectors } from "../../src/vectors/lower-to-vectors.ts";
import { vectorWeightLength, vectorWeights } from "../../src/vectors/program-weights.ts";

export const instructionSets: readonly InstructionSet[] = [relaxedSimd, plainSimd];

/** The last model of a source that has to be right. */
export async function modelOf(text: string): Promise<Model> {
  const { result } = await checkSource(text);
  const errors = result.diagnostics.filter(({ severity }) => severity === "error");
  const model = result.models.at(-1);
  if (model === undefined || errors.length > 0) throw new Error(errors.map(({ message }) => message).join("; "));
  return model;
}

/** The fused graph of a model, as the back end lowers it. */
export function graphOf(model: Model): Graph {
  return fuse(lowerToGraph(model));
}

/** A program of a graph with the smallest number of samples that it is for, and the largest. */
export interface Lowered {
  readonly program: VectorProgram;
  readonly fewest: number;
  readonly most: number;
}

/** The programs of a graph as modules have them: for any number of samples, for many, and for one. */
export function programsOf(graph: Graph, instructions: InstructionSet): readonly Lowered[] {
  return [
    { program: lowerToVectors(graph, instructions), fewest: 1, most: Infinity },
    { program: lowerToVectors(graph, instructions, "many"), fewest: fewestMany, most: Infinity },
    { program: joinKernels(lowerToVectors(graph, instructions, "one")), fewest: 1, most: 1 },
  ];
}

/** Verifies a program as modules do. */
export function verify({ program, fewest }: Lowered): void {
  verifyVectors(program, vectorWeightLength, fewest);
}

/** The arrays of a program as its memory holds them. */
export function packedWeights(program: VectorProgram, arrays: WeightArrays): ReadonlyMap<string, Float32Array> {
  return new Map([...vectorWeights(program)].map(([key, buffer]) => [key, packed(buffer, arrays)]));
}

function packed({ weight, layout }: VectorWeights, arrays: WeightArrays): Float32Array {
  if (weight.integers !== undefined) return new Float32Array(weight.integers.buffer);
  const values = Float32Array.from(weight.values ?? arrays.get(weightKey(weight.path)) ?? []);
  if (layout.kind === "row-major") return values;
  const [inputs, units] = weight.shape as readonly [number, number];
  const { panelLanes: lanes, pack } = storageType(layout);
  const ordered =
    layout.kind === "blocks"
      ? packBlocks(layout.blocks, values, inputs, units)
      : packPanels({ kind: "panels", width: 8, lanes }, values, inputs, units);
  return new Float32Array(pack(ordered).buffer);
}
