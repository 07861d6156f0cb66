import { operatorName } from "./operator-name.ts";
import type { StoredGraph, StoredNode } from "./read-graph.ts";
import { floatAttribute, stringAttribute } from "./stored-attribute.ts";

/**
 * Operators that onnxruntime puts in place of several of ONNX' own when it optimises a graph, as these (its
 * docs/ContribOperators.md). Each node stays where it was; names between are those of its outputs with a step behind.
 */
export function withStandardOperators(graph: StoredGraph): StoredGraph {
  return {
    ...graph,
    nodes: graph.nodes.flatMap((node, at) => rewritings.get(operatorName(node))?.(node, at) ?? [node]),
  };
}

const noAttributes: StoredNode["attributes"] = new Map();

/** `at` is the place of the node among all. */
type Rewrite = (node: StoredNode, at: number) => readonly StoredNode[];

const rewritings: ReadonlyMap<string, Rewrite> = new Map<string, Rewrite>([
  ["com.microsoft.Gelu", renamed("Gelu")],
  ["com.microsoft.BiasGelu", biased({ operator: "Gelu" })],
  [
    "com.microsoft.FastGelu",
    biased({ operator: "Gelu", attributes: new Map([["approximate", stringAttribute("tanh")]]) }),
  ],
  ["com.microsoft.QuickGelu", quickGelu],
  ["com.microsoft.FusedMatMul", renamed("MatMul")],
  ["com.microsoft.FusedGemm", fusedGemm],
  ["com.microsoft.MatMulNBits", packedProduct],
  ["SimplifiedLayerNormalization", renamed("RMSNormalization")],
]);

function renamed(operator: string): Rewrite {
  return (node) => [{ ...node, domain: "", operator }];
}

/** An activation of a sum with an array, which may be left out. */
function biased({ operator, attributes = noAttributes }: Partial<StoredNode> & { readonly operator: string }): Rewrite {
  return (node) => {
    const [first = "", bias = ""] = node.inputs;
    const own = { ...node, domain: "", operator, attributes };
    if (bias === "") return [{ ...own, inputs: [first] }];
    const sum = `${node.outputs[0] ?? ""}/sum`;
    return [
      { ...node, domain: "", operator: "Add", attributes: noAttributes, outputs: [sum] },
      { ...own, inputs: [sum] },
    ];
  };
}

/** A product with a kernel that is packed in blocks, which is a constant of its own here, and a bias that may be left out. */
function packedProduct(node: StoredNode, at: number): readonly StoredNode[] {
  const [input = "", ...packed] = node.inputs;
  const [output = ""] = node.outputs;
  // Quantisers put this behind the name that the array had, which names the layer.
  const kernel = `${(packed[0] ?? "").replace(/_Q\d\w*$/, "")}:${at}`;
  const bias = packed[4] ?? "";
  const product = bias === "" ? output : `${output}/product`;
  const own = { ...node, domain: "", attributes: noAttributes };
  return [
    { ...node, inputs: packed.slice(0, 4), outputs: [kernel] },
    { ...own, operator: "MatMul", inputs: [input, kernel], outputs: [product] },
    ...(bias === "" ? [] : [{ ...own, operator: "Add", inputs: [product, bias] }]),
  ];
}

/** `x * sigmoid(alpha * x)` */
function quickGelu(node: StoredNode): readonly StoredNode[] {
  const alpha = node.attributes.get("alpha") ?? floatAttribute(1.702);
  return [{ ...node, domain: "", operator: "Swish", attributes: new Map([["alpha", alpha]]) }];
}

/** A product, and an activation whose arguments have a prefix. */
function fusedGemm(node: StoredNode): readonly StoredNode[] {
  const product = `${node.outputs[0] ?? ""}/product`;
  const own = [...node.attributes].filter(([name]) => !name.startsWith("activation"));
  const its = [...node.attributes].flatMap(([name, attribute]) =>
    name.startsWith("activation_") ? [[name.slice("activation_".length), attribute] as const] : [],
  );
  const operator = node.attributes.get("activation")?.string ?? "Identity";
  return [
    { ...node, domain: "", operator: "Gemm", attributes: new Map(own), outputs: [product] },
    { ...node, domain: "", operator, attributes: new Map(its), inputs: [product] },
  ];
}
