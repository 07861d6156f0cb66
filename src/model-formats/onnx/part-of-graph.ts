import { fail } from "../../files/read-failure.ts";
import { shorten } from "../../files/shorten.ts";
import { unknownOutput } from "../unknown-output.ts";
import { producersOf } from "./graph-index.ts";
import { classLabels, isClass, valuesOfMaps } from "./classifier.ts";
import type { StoredGraph, StoredNode } from "./read-graph.ts";

/** A graph of which one output is wanted. */
export interface GraphPart {
  /** With the nodes and inputs alone that the output depends on. */
  readonly graph: StoredGraph;
  /** The tensor. */
  readonly output: string;
  /** The labels of the classes that the output has values for. */
  readonly labels?: readonly string[];
  /** Outputs that are left out because they say the same in another way, a sentence each. */
  readonly leftOut: readonly string[];
}

/**
 * What one output of a graph depends on: its only one, or the one called `wanted`, which may be any tensor, or a node by its
 * name. Nodes that lead elsewhere, to outputs that somebody has taken out, and inputs that nothing reads are left out.
 */
export function partOfGraph(graph: StoredGraph, wanted: string | undefined): GraphPart {
  const producers = producersOf(graph);
  const { output: found, leftOut } =
    wanted === undefined
      ? chooseOutput(graph, producers)
      : { output: findOutput(graph, producers, wanted), leftOut: [] };
  const output = valuesOfMaps(found, producers);
  const labels = classLabels(output, graph, producers);
  const { nodes, tensors } = ancestorsOf(output, producers);
  const inputs = graph.inputs.filter(({ name }) => tensors.has(name));
  return {
    graph: {
      ...graph,
      nodes: graph.nodes.filter((node) => nodes.has(node)),
      inputs,
      outputs: graph.outputs.filter(({ name }) => name === output),
    },
    output,
    leftOut,
    ...(labels === undefined ? {} : { labels }),
  };
}

type Producers = ReadonlyMap<string, StoredNode>;

interface Choice {
  readonly output: string;
  readonly leftOut: readonly string[];
}

/** More outputs are not compared: each may depend on the whole graph. */
const mostOutputs = 200;

/** The only output, or the one that says what all others do. */
function chooseOutput({ outputs, inputs }: StoredGraph, producers: Producers): Choice {
  const [output, ...others] = outputs;
  if (output === undefined) return fail("unsupported", "its graph has no output");
  if (others.length === 0) {
    const { name } = output;
    if (producers.has(name) || inputs.some((input) => input.name === name)) return { output: name, leftOut: [] };
    return fail("damaged", `nothing makes its output '${shorten(name, 60)}'`);
  }
  if (outputs.length > mostOutputs)
    fail("unsupported", `its graph has ${outputs.length} outputs; choose one with --output`);
  const ways = outputs.map(({ name }) => ({ name, ...ancestorsOf(name, producers) }));
  // A state that a graph passes through as it is, which agents of reinforcement learning have, is no output of a model.
  const computed = ways.filter(({ nodes }) => [...nodes].some(({ operator }) => operator !== "Identity"));
  const classes = computed.filter(({ name }) => isClass(name, producers));
  const [values, ...more] = computed.filter((way) => !classes.includes(way));
  if (values !== undefined && more.length === 0) {
    const what = `the class with the largest value of '${shorten(values.name, 60)}'`;
    const leftOut = classes.map(({ name }) => `The output '${shorten(name, 60)}', ${what}, is left out`);
    return { output: values.name, leftOut };
  }
  const listed = ways.slice(0, 8).map((way) => {
    const { name } = way;
    const later = ways.find((other) => other !== way && !classes.includes(other) && other.tensors.has(name));
    const notes = [
      ...(later === undefined ? [] : [` (on the way to '${shorten(later.name, 60)}')`]),
      ...(classes.includes(way) ? [" (a class)"] : []),
    ];
    return `'${shorten(name, 60)}'${notes.join("")}`;
  });
  const names = `${listed.join(", ")}${ways.length > 8 ? ", ..." : ""}`;
  return fail("unsupported", `its graph has ${outputs.length} outputs, ${names}; choose one with --output`);
}

function findOutput({ nodes, outputs, inputs }: StoredGraph, producers: Producers, wanted: string): string {
  if (producers.has(wanted) || inputs.some(({ name }) => name === wanted)) return wanted;
  const made = nodes.find(({ name }) => name === wanted)?.outputs[0];
  if (made !== undefined && made !== "") return made;
  return unknownOutput(wanted, [
    ...nodes.map(({ name, outputs: [first = ""] }) => (name === "" ? first : name)),
    ...outputs.map(({ name }) => name),
  ]);
}

/** All that a tensor is computed from, and itself. */
function ancestorsOf(
  output: string,
  producers: Producers,
): { readonly nodes: ReadonlySet<StoredNode>; readonly tensors: ReadonlySet<string> } {
  const nodes = new Set<StoredNode>();
  const tensors = new Set<string>([output]);
  // A set goes on to what is added meanwhile.
  for (const tensor of tensors) {
    const node = producers.get(tensor);
    if (node === undefined || nodes.has(node)) continue;
    nodes.add(node);
    for (const input of node.inputs) tensors.add(input);
  }
  return { nodes, tensors };
}
