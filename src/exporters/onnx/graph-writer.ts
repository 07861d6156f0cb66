import type { WeightTensor } from "../../ir/graph.ts";
import { weightKey, type WeightArrays } from "../../ir/weight-arrays.ts";
import type { OnnxAttributes, OnnxGraph, OnnxNode, OnnxTensor } from "./onnx-model.ts";

/** What the emitters of operations state their nodes with. Tensors are known by their names. */
export interface NodeWriter {
  /** Adds a node and answers its output; of `outputs` ones the first. */
  node(operator: string, inputs: readonly string[], attributes?: OnnxAttributes, outputs?: number): string;
  /** The same with all of the outputs. */
  outputs(operator: string, inputs: readonly string[], count: number): readonly string[];
  /** A float32 number of rank 0. */
  scalar(value: number): string;
  /** A float32 constant of any shape, named after what it is for: `gamma`. */
  constant(name: string, shape: readonly number[], data: Float32Array | Int8Array): string;
  /** Gives a tensor another shape. In `sizes` 0 stands for the size of the same axis before, -1 for what is left. */
  reshape(tensor: string, sizes: readonly number[]): string;
  /** Integers of rank 1. */
  integers(values: readonly number[]): string;
  /** A trained array, named by its path: `encoder/dense/kernel`; under another shape of the same order where one is given. */
  weight(weight: WeightTensor, shape?: readonly number[]): string;
  /** The values of a trained array. */
  values(weight: WeightTensor): Float32Array | Float64Array;
}

/** Gathers the nodes and constants of a graph. */
export interface GraphWriter {
  /** A writer whose nodes are called after a layer: `encoder/dense/Gemm`. */
  forLayer(path: readonly string[]): NodeWriter;
  /** The parts of the graph, the tensor `result` renamed to `outputName`. */
  finish(result: string, outputName: string): Pick<OnnxGraph, "nodes" | "initializers">;
}

/** Names have a `/`, so that none is `input` or `output`. Throws for a trained array that is not in `arrays`. */
export function createGraphWriter(arrays: WeightArrays): GraphWriter {
  const nodes: OnnxNode[] = [];
  const initializers = new Map<string, OnnxTensor>();
  const taken = new Map<string, number>();

  const fresh = (wanted: string): string => {
    for (;;) {
      const count = taken.get(wanted) ?? 0;
      taken.set(wanted, count + 1);
      const name = count === 0 ? wanted : `${wanted}_${count}`;
      if (count === 0 || !taken.has(name)) return name;
    }
  };
  const keep = (name: string, shape: readonly number[], data: OnnxTensor["data"]): string => {
    if (!initializers.has(name)) initializers.set(name, { name, shape, data });
    return name;
  };
  const bigints = (values: readonly number[]): BigInt64Array => BigInt64Array.from(values, BigInt);
  const values = ({ path, values: known }: WeightTensor): Float32Array | Float64Array => {
    const data = known ?? arrays.get(weightKey(path));
    if (data === undefined) throw new Error(`the weight ${weightKey(path)} is not bound`);
    return data;
  };

  const forLayer = (path: readonly string[]): NodeWriter => {
    const add = (
      operator: string,
      inputs: readonly string[],
      count: number,
      attributes: OnnxAttributes,
    ): readonly [string, ...string[]] => {
      const name = fresh([...path, operator].join("/"));
      // The other outputs get names of their own because ONNX knows no output that is left out before others.
      const others = Array.from({ length: count - 1 }, (_, at) => fresh(`${name}:${at + 1}`));
      const outputs: readonly [string, ...string[]] = [name, ...others];
      nodes.push({ name, operator, inputs, outputs, attributes });
      return outputs;
    };
    const node: NodeWriter["node"] = (operator, inputs, attributes = {}, outputs = 1) =>
      add(operator, inputs, outputs, attributes)[0];
    const integers = (list: readonly number[]): string =>
      keep(`integers/${list.join("_")}`, [list.length], bigints(list));
    return {
      node,
      outputs: (operator, inputs, count) => add(operator, inputs, count, {}),
      scalar: (value) => keep(`number/${Object.is(value, -0) ? "-0" : Math.fround(value)}`, [], Float32Array.of(value)),
      constant: (name, shape, data) => keep(fresh([...path, name].join("/")), shape, data),
      integers,
      reshape: (tensor, sizes) => node("Reshape", [tensor, integers(sizes)]),
      weight: (weight, shape = weight.shape) => {
        const data = values(weight);
        return keep(weightKey(weight.path), shape, data instanceof Float32Array ? data : Float32Array.from(data));
      },
      values,
    };
  };

  return {
    forLayer,
    finish(result, outputName) {
      const rename = (name: string): string => (name === result ? outputName : name);
      return {
        nodes: nodes.map((node) => ({ ...node, inputs: node.inputs.map(rename), outputs: node.outputs.map(rename) })),
        initializers: [...initializers.values()],
      };
    },
  };
}
