import { operatorName } from "./operator-name.ts";
import type { StoredGraph, StoredNode } from "./read-graph.ts";
import { tensorIntegers, tensorTexts } from "./tensor.ts";

type Producers = ReadonlyMap<string, StoredNode>;

/** Operators that change how a class is written, with the input that the class is. */
const rewriting: ReadonlyMap<string, number> = new Map([
  ["Cast", 0],
  ["Flatten", 0],
  ["Identity", 0],
  ["Reshape", 0],
  ["Squeeze", 0],
  ["Unsqueeze", 0],
  ["Gather", 1],
  ["ai.onnx.ml.ArrayFeatureExtractor", 1],
  ["ai.onnx.ml.LabelEncoder", 0],
]);

/** Operators that give the values of the classes as their second output, and the class as their first. */
const classifiers: ReadonlySet<string> = new Set(["ai.onnx.ml.LinearClassifier"]);

/** More steps than lie between a value and the class that is read from it. */
const mostSteps = 20;

/** Whether a tensor is the class of the largest value of another one, as an index or a label. */
export function isClass(tensor: string, producers: Producers): boolean {
  let at = tensor;
  for (let steps = 0; steps < mostSteps; steps++) {
    const node = producers.get(at);
    if (node === undefined) return false;
    const operator = operatorName(node);
    if (operator === "ArgMax" || (classifiers.has(operator) && node.outputs[0] === at)) return true;
    const input = rewriting.get(operator);
    if (input === undefined) return false;
    at = node.inputs[input] ?? "";
  }
  return false;
}

/** The values that a list of maps from class to value is made of, which is what scikit-learn's converter gives by default. */
export function valuesOfMaps(tensor: string, producers: Producers): string {
  const node = producers.get(tensor);
  return node !== undefined && operatorName(node) === "ai.onnx.ml.ZipMap" ? (node.inputs[0] ?? tensor) : tensor;
}

/**
 * The labels of the classes that a tensor has values for, where the graph says them and they are more than their numbers:
 * those of the maps that are made of it, or of what is looked up by its largest value.
 */
export function classLabels(tensor: string, graph: StoredGraph, producers: Producers): readonly string[] | undefined {
  const same = sameValues(tensor, graph, producers);
  const sources = [...same].map((name) => producers.get(name));
  const lookups = new Map(
    graph.nodes
      .filter((node) => operatorName(node) === "ai.onnx.ml.ArrayFeatureExtractor")
      .map(({ inputs: [array = "", index = ""] }) => [index, array]),
  );
  const lists = [
    ...sources.map((node) => (node !== undefined && classifiers.has(operatorName(node)) ? classesOf(node) : undefined)),
    ...graph.nodes
      .filter(({ inputs: [first = ""] }) => same.has(first))
      .map((node) => labelsRead(node, graph, lookups)),
  ];
  const found = lists.find((list) => list !== undefined && list.length > 0);
  return found?.every((label, at) => label === String(at)) === true ? undefined : found;
}

/** Operators that leave the order of values as it is. */
const passing: ReadonlySet<string> = new Set(["Cast", "Identity", "ai.onnx.ml.Normalizer"]);

/** A tensor, what it is a copy of, and copies of these. */
function sameValues(tensor: string, graph: StoredGraph, producers: Producers): ReadonlySet<string> {
  const found = new Set([tensor]);
  let at = tensor;
  for (let steps = 0; steps < mostSteps; steps++) {
    const node = producers.get(at);
    if (node === undefined || !passing.has(operatorName(node))) break;
    at = node.inputs[0] ?? "";
    found.add(at);
  }
  for (const node of graph.nodes) {
    if (passing.has(operatorName(node)) && found.has(node.inputs[0] ?? "")) found.add(node.outputs[0] ?? "");
  }
  return found;
}

/** `lookups` are the arrays that labels are looked up in, by the tensor of the index. */
function labelsRead(
  node: StoredNode,
  graph: StoredGraph,
  lookups: ReadonlyMap<string, string>,
): readonly string[] | undefined {
  switch (operatorName(node)) {
    case "ai.onnx.ml.ZipMap":
      return classesOf(node);
    case "ArgMax": {
      const array = graph.initializers.get(lookups.get(node.outputs[0] ?? "") ?? "");
      return array === undefined ? undefined : (tensorTexts(array) ?? tensorIntegers(array)?.map(String));
    }
    default:
      return undefined;
  }
}

/** The classes of an operator that has them as attributes. */
function classesOf({ attributes }: StoredNode): readonly string[] {
  const texts = attributes.get("classlabels_strings")?.strings ?? [];
  const integers = ["classlabels_ints", "classlabels_int64s"].flatMap((name) => attributes.get(name)?.ints ?? []);
  return texts.length > 0 ? texts : integers.map(String);
}
