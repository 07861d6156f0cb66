import { elementTypes } from "../../exporters/onnx/fields.ts";
import type { StoredAttribute, StoredNode } from "../onnx/read-graph.ts";
import { floatAttribute as float, intAttribute as int, intsAttribute as ints } from "../onnx/stored-attribute.ts";
import { foreignDomain, fusedBatchNorm } from "../onnx/unsupported.ts";
import type { Attributes } from "./attributes.ts";

/** An operation of TensorFlow. */
export interface Operation {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attributes: Attributes;
  /** The integers of an array that an input is; undefined where it is none. */
  readonly integers: (at: number) => readonly number[] | undefined;
}

type NodeAttributes = Readonly<Record<string, StoredAttribute>>;
type Translate = (operation: Operation) => readonly StoredNode[] | undefined;

/** ONNX nodes that compute what an operation does; one of another domain where there are none. */
export function nodesOf(operation: Operation): readonly StoredNode[] {
  return operations.get(operation.op)?.(operation) ?? [{ ...node(operation, operation.op), domain: foreignDomain }];
}

/** A node of an operation's name and inputs, with its output. */
function node(operation: Operation, operator: string, attributes: NodeAttributes = {}): StoredNode {
  const { name, inputs } = operation;
  return { name, operator, domain: "", inputs, outputs: [name], attributes: new Map(Object.entries(attributes)) };
}

function renamed(operator: string, attributes: NodeAttributes = {}): Translate {
  return (operation) => [node(operation, operator, attributes)];
}

/** Several nodes for one operation: what they make in between is called by it and a number. */
function steps(
  operation: Operation,
  ...made: readonly {
    readonly operator: string;
    readonly inputs: readonly string[];
    readonly attributes?: NodeAttributes;
  }[]
): readonly StoredNode[] {
  return made.map(({ operator, inputs, attributes = {} }, at) => ({
    ...node(operation, operator, attributes),
    inputs,
    outputs: [at === made.length - 1 ? operation.name : between(operation, at)],
  }));
}

function between({ name }: Operation, at: number): string {
  return `${name}/step_${at}`;
}

const operations: ReadonlyMap<string, Translate> = new Map<string, Translate>([
  ["Identity", renamed("Identity")],
  ["StopGradient", renamed("Identity")],
  ["Snapshot", renamed("Identity")],
  ["MatMul", product],
  ["BatchMatMul", product],
  ["BatchMatMulV2", product],
  ["_FusedMatMul", fusedProduct],
  ["BiasAdd", renamed("Add")],
  ["Add", renamed("Add")],
  ["AddV2", renamed("Add")],
  ["Sub", renamed("Sub")],
  ["Mul", renamed("Mul")],
  ["RealDiv", renamed("Div")],
  ["Div", renamed("Div")],
  ["Maximum", renamed("Max")],
  ["Minimum", renamed("Min")],
  ["Pow", renamed("Pow")],
  ["Neg", renamed("Neg")],
  ["Sqrt", renamed("Sqrt")],
  ["Exp", renamed("Exp")],
  ["Log", renamed("Log")],
  ["Abs", renamed("Abs")],
  ["Erf", renamed("Erf")],
  ["Reciprocal", renamed("Reciprocal")],
  ["Square", (operation) => steps(operation, { operator: "Mul", inputs: [...operation.inputs, ...operation.inputs] })],
  ["SquaredDifference", squaredDifference],
  ["Rsqrt", reciprocalRoot],
  ["Relu", renamed("Relu")],
  ["Relu6", renamed("Clip", { min: float(0), max: float(6) })],
  ["Elu", renamed("Elu")],
  ["Selu", renamed("Selu")],
  ["LeakyRelu", leakyRelu],
  ["Prelu", renamed("PRelu")],
  ["Sigmoid", renamed("Sigmoid")],
  ["Tanh", renamed("Tanh")],
  ["Softplus", renamed("Softplus")],
  ["Softsign", renamed("Softsign")],
  ["Softmax", renamed("Softmax")],
  ["LogSoftmax", renamed("LogSoftmax")],
  // A size of 0 is one, not that of the input.
  ["Reshape", renamed("Reshape", { allowzero: int(1) })],
  ["Squeeze", squeeze],
  ["ExpandDims", (operation) => withIntegers(operation, "Unsqueeze", "axes")],
  ["Transpose", (operation) => withIntegers(operation, "Transpose", "perm")],
  ["Mean", reduction("ReduceMean")],
  ["Max", reduction("ReduceMax")],
  ["Sum", reduction("ReduceSum")],
  ["GatherV2", gather],
  ["FusedBatchNorm", fusedBatchNormalization],
  ["FusedBatchNormV2", fusedBatchNormalization],
  ["FusedBatchNormV3", fusedBatchNormalization],
  ["Cast", cast],
  ["Shape", renamed("Shape")],
  ["Pack", renamed("Concat", { axis: int(0) })],
  ["StridedSlice", stridedSlice],
]);

/** A product of two matrices, either of which may be transposed. */
function product(operation: Operation): readonly StoredNode[] {
  return [{ ...node(operation, "MatMul", transpositions(operation)), inputs: operation.inputs.slice(0, 2) }];
}

function transpositions({ attributes }: Operation): NodeAttributes {
  return {
    ...(attributes.flag("transpose_a") || attributes.flag("adj_x") ? { transA: int(1) } : {}),
    ...(attributes.flag("transpose_b") || attributes.flag("adj_y") ? { transB: int(1) } : {}),
  };
}

/** Activations that a product may be fused with. */
const fused: ReadonlyMap<string, string> = new Map([
  ["Relu", "Relu"],
  ["Relu6", "Clip"],
  ["Elu", "Elu"],
  ["Sigmoid", "Sigmoid"],
  ["Tanh", "Tanh"],
  ["LeakyRelu", "LeakyRelu"],
  ["Prelu", "PRelu"],
]);

/** A product, an array that is added, and an activation. */
function fusedProduct(operation: Operation): readonly StoredNode[] | undefined {
  const { inputs, attributes } = operation;
  const [left = "", right = "", bias = "", slope = ""] = inputs;
  const [first = "", second, ...others] = attributes.texts("fused_ops");
  const activation = second === undefined ? "Identity" : fused.get(second);
  if (first !== "BiasAdd" || activation === undefined || others.length > 0) return undefined;
  const its: NodeAttributes =
    activation === "LeakyRelu"
      ? { alpha: float(attributes.number("leakyrelu_alpha") ?? 0.2) }
      : activation === "Clip"
        ? { min: float(0), max: float(6) }
        : {};
  return steps(
    operation,
    { operator: "MatMul", inputs: [left, right], attributes: transpositions(operation) },
    { operator: "Add", inputs: [between(operation, 0), bias] },
    {
      operator: activation,
      inputs: activation === "PRelu" ? [between(operation, 1), slope] : [between(operation, 1)],
      attributes: its,
    },
  );
}

function squaredDifference(operation: Operation): readonly StoredNode[] {
  const difference = between(operation, 0);
  return steps(
    operation,
    { operator: "Sub", inputs: operation.inputs },
    { operator: "Mul", inputs: [difference, difference] },
  );
}

function reciprocalRoot(operation: Operation): readonly StoredNode[] {
  return steps(
    operation,
    { operator: "Sqrt", inputs: operation.inputs },
    { operator: "Reciprocal", inputs: [between(operation, 0)] },
  );
}

function leakyRelu(operation: Operation): readonly StoredNode[] {
  return [node(operation, "LeakyRelu", { alpha: float(operation.attributes.number("alpha") ?? 0.2) })];
}

function squeeze(operation: Operation): readonly StoredNode[] | undefined {
  const axes = operation.attributes.integers("squeeze_dims") ?? operation.attributes.integers("axis") ?? [];
  return axes.length === 0 ? undefined : [node(operation, "Squeeze", { axes: ints(axes) })];
}

/** An operation whose second input is a list that ONNX has as an attribute. */
function withIntegers(operation: Operation, operator: string, attribute: string): readonly StoredNode[] | undefined {
  const values = operation.integers(1);
  if (values === undefined) return undefined;
  return [{ ...node(operation, operator, { [attribute]: ints(values) }), inputs: operation.inputs.slice(0, 1) }];
}

function reduction(operator: string): Translate {
  return (operation) => {
    const axes = operation.integers(1);
    if (axes === undefined) return undefined;
    const keeps = operation.attributes.flag("keep_dims") || operation.attributes.flag("keepDims");
    const attributes = { axes: ints(axes), keepdims: int(keeps ? 1 : 0) };
    return [{ ...node(operation, operator, attributes), inputs: operation.inputs.slice(0, 1) }];
  };
}

/** One operation for a whole BatchNormalization, whose statistics are its inputs where it does not train. */
function fusedBatchNormalization(operation: Operation): readonly StoredNode[] {
  const { attributes } = operation;
  const made = node(operation, fusedBatchNorm, {
    epsilon: float(attributes.number("epsilon") ?? 1e-4),
    channels_first: int((attributes.text("data_format") ?? "").startsWith("NC") ? 1 : 0),
    is_training: int(attributes.flag("is_training") ? 1 : 0),
  });
  return [{ ...made, domain: foreignDomain }];
}

/** Rows of a table. */
function gather(operation: Operation): readonly StoredNode[] | undefined {
  const [axis, ...others] = operation.integers(2) ?? [];
  const batches = operation.attributes.number("batch_dims") ?? 0;
  if (axis !== 0 || others.length > 0 || batches !== 0) return undefined;
  return [{ ...node(operation, "Gather", { axis: int(0) }), inputs: operation.inputs.slice(0, 2) }];
}

const castTypes: ReadonlyMap<string, number> = new Map([
  ["DT_FLOAT", elementTypes.float],
  ["DT_INT32", elementTypes.int32],
  ["DT_INT64", elementTypes.int64],
]);

function cast(operation: Operation): readonly StoredNode[] | undefined {
  const type = castTypes.get(operation.attributes.type("DstT") ?? "");
  return type === undefined ? undefined : [node(operation, "Cast", { to: int(type) })];
}

/** One size of a shape, as a list of one: what reshapes to a batch of any size are made of. */
function stridedSlice(operation: Operation): readonly StoredNode[] | undefined {
  const [begin, end, strides] = [1, 2, 3].map((at) => operation.integers(at));
  const simple = [begin, end, strides].every((list) => list?.length === 1) && strides?.[0] === 1;
  const masks = ["begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask"];
  if (!simple || masks.some((name) => (operation.attributes.number(name) ?? 0) !== 0)) return undefined;
  return [{ ...node(operation, "Slice"), inputs: operation.inputs.slice(0, 3) }];
}
