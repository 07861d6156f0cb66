import { counted } from "../diagnostics/counted.ts";
import type { Graph, Operation, Tensor, WeightOperand, WeightTensor } from "./graph.ts";
import { joinLines, layerComments, type Lines } from "./print-text.ts";
import type { ScalarFunction } from "./scalar.ts";
import { formatShape } from "./shape.ts";
import { formatSize } from "./size.ts";

/**
 * The text of a graph, for those who work on the compiler: an operation a line, headed by its layers, with the numbers of
 * the tensors that it reads and gives, and the arrays of its weights.
 */
export function printGraph({ name, input, output, operations }: Graph): string {
  const body = operations.flatMap((operation): Lines => [
    ...layerComments(operation.origins, operation.folded),
    ...notes(operation).map((note) => `// ${note}`),
    `%${operation.output.id}: ${formatShape(operation.output.shape)} = ${call(operation)}`,
  ]);
  const head = `${name}(${typed(input)}) -> ${formatShape(output.shape)}`;
  return `${joinLines([`${head} {`, [...body, `return %${output.id}`], "}"])}\n`;
}

function notes(operation: Operation): readonly string[] {
  if (operation.kind !== "dense") return [];
  const { zeros, notes: others = [] } = operation;
  return [...others, ...(zeros === undefined ? [] : [`${counted(zeros, "weight")} of 0`])];
}

function typed({ id, shape }: Tensor): string {
  return `%${id}: ${formatShape(shape)}`;
}

function call(operation: Operation): string {
  const inputs = operation.inputs.map(({ id }) => `%${id}`);
  return `${operation.kind}(${[...inputs, ...details(operation)].join(", ")})${functions(operation)}`;
}

/** What an operation has beside its inputs. */
function details(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case "dense":
    case "einsum":
      return [operation.kernel, ...(operation.bias === undefined ? [] : [operation.bias])].map(array);
    case "int8-dense":
      return [operation.kernel, operation.scales, operation.sums, operation.bias].flatMap((weight) =>
        weight === undefined ? [] : [array(weight)],
      );
    case "quantize-rows":
      return [operation.signed ? "signed" : "unsigned"];
    case "embedding":
      return [array(operation.table)];
    case "weighted-map":
      return [operation.formula, ...operation.weights.map(operand)];
    case "reduce-map":
      return [
        `axes ${operation.axes.join(" ")} of ${formatShape(operation.view)}`,
        ...operation.formulas,
        ...(operation.result.kind === "map" ? operation.result.weights.map(operand) : []),
      ];
    case "softmax":
    case "sparsemax":
    case "glu":
      return [`axis ${operation.axis}`];
    case "strided-copy":
      return [`strides ${operation.strides.map(formatSize).join(" ")}`];
    case "elementwise":
    case "reshape":
      return [];
  }
}

function operand({ name, weight }: WeightOperand): string {
  return `${name}: ${array(weight)}`;
}

/** `dense.kernel [4, 8]`; what the compiler knows of it beside its shape. */
function array({ path, shape, values, precision }: WeightTensor): string {
  const type = precision ?? (values === undefined ? "" : values instanceof Float64Array ? "float64" : "float32");
  return `${path.join(".")} [${shape.join(", ")}]${type === "" ? "" : ` ${type}`}`;
}

/** `| relu | tanh`: functions of every element, applied in turn. */
function functions(operation: Operation): string {
  return functionsOf(operation)
    .map(({ name }) => ` | ${name}`)
    .join("");
}

function functionsOf(operation: Operation): readonly ScalarFunction[] {
  switch (operation.kind) {
    case "elementwise":
      return operation.functions;
    case "dense":
    case "int8-dense":
    case "einsum":
    case "weighted-map":
    case "reduce-map":
      return operation.epilogue;
    default:
      return [];
  }
}
