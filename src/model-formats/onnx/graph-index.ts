import { fail } from "../../files/read-failure.ts";
import type { StoredGraph, StoredNode } from "./read-graph.ts";

/** A graph with its nodes found by the tensors that they make and read. */
export interface GraphIndex {
  readonly graph: StoredGraph;
  /** The node that makes a tensor. */
  producer(tensor: string): StoredNode | undefined;
  /** The nodes that read a tensor on the way from input to output, each once, in the order of the file. */
  consumers(tensor: string): readonly StoredNode[];
  /** Whether a tensor depends on no input: an initializer, a constant, or something computed from these. */
  isConstant(tensor: string): boolean;
  /** Whether a tensor depends on the input only through shapes. */
  isShape(tensor: string): boolean;
}

/** What a tensor depends on. */
type Dependence = "constant" | "shape" | "input";

export function indexGraph(graph: StoredGraph): GraphIndex {
  const producers = producersOf(graph);
  const readers = new Map<string, StoredNode[]>();
  for (const node of graph.nodes) {
    for (const input of new Set(node.inputs)) {
      const list = readers.get(input);
      if (list === undefined) readers.set(input, [node]);
      else list.push(node);
    }
  }
  const dependences = findDependences(graph, producers);
  const isConstant = (tensor: string): boolean => dependences.get(tensor) === "constant";
  const isShape = (tensor: string): boolean => dependences.get(tensor) === "shape";
  return {
    graph,
    producer: (tensor) => producers.get(tensor),
    consumers: (tensor) =>
      (readers.get(tensor) ?? []).filter((node) => node.outputs.some((output) => dependences.get(output) === "input")),
    isConstant,
    isShape,
  };
}

/** The node that makes each tensor. */
export function producersOf({ nodes, initializers }: StoredGraph): ReadonlyMap<string, StoredNode> {
  const producers = new Map<string, StoredNode>();
  for (const node of nodes) {
    for (const output of node.outputs) {
      if (output === "") continue;
      if (producers.has(output) || initializers.has(output)) fail("damaged", `it makes '${output}' twice`);
      producers.set(output, node);
    }
  }
  return producers;
}

/**
 * Goes through the nodes as their inputs become known. What a cycle holds, and what reads a tensor that nothing makes, stays
 * out.
 */
function findDependences(
  graph: StoredGraph,
  producers: ReadonlyMap<string, StoredNode>,
): ReadonlyMap<string, Dependence> {
  const found = new Map<string, Dependence>();
  for (const { name } of graph.inputs) found.set(name, "input");
  for (const name of graph.initializers.keys()) found.set(name, "constant");
  const waiting = new Map<StoredNode, number>();
  const readers = new Map<string, StoredNode[]>();
  const ready: StoredNode[] = [];
  for (const node of graph.nodes) {
    const open = new Set(node.inputs.filter((input) => input !== "" && !found.has(input)));
    for (const input of open) {
      const list = readers.get(input);
      if (list === undefined) readers.set(input, [node]);
      else list.push(node);
      if (!producers.has(input)) {
        fail("damaged", `node '${node.name}' (${node.operator}) reads '${input}', which nothing makes`);
      }
    }
    waiting.set(node, open.size);
    if (open.size === 0) ready.push(node);
  }
  for (const node of ready) {
    const dependence = dependenceOf(node, found);
    for (const output of node.outputs) {
      if (output === "") continue;
      found.set(output, dependence);
      for (const reader of readers.get(output) ?? []) {
        const left = (waiting.get(reader) as number) - 1;
        waiting.set(reader, left);
        if (left === 0) ready.push(reader);
      }
    }
  }
  const stuck = graph.nodes.find((node) => waiting.get(node) !== 0);
  if (stuck !== undefined) fail("damaged", `its nodes form a cycle, with '${stuck.name}' (${stuck.operator}) in it`);
  return found;
}

function dependenceOf(node: StoredNode, found: ReadonlyMap<string, Dependence>): Dependence {
  if (node.operator === "Shape" || node.operator === "Size") return "shape";
  const inputs = node.inputs.filter((input) => input !== "").map((input) => found.get(input));
  if (inputs.includes("input")) return "input";
  return inputs.includes("shape") ? "shape" : "constant";
}
