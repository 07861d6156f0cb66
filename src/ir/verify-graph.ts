import type { Graph, Operation, Tensor } from "./graph.ts";
import { elementCount, formatShape, shapesEqual } from "./shape.ts";
import { sizesEqual } from "./size.ts";

/**
 * Checks a graph: every tensor has one definition, which comes before all that reads it, and is read with the shape that it
 * was given; a reshape keeps the number of elements, an operation on single elements their shape. Throws at the first
 * fault, which is a bug of the compiler.
 */
export function verifyGraph({ name, input, output, operations }: Graph): void {
  const defined = new Map([[input.id, input]]);
  const read = (tensor: Tensor, by: string): void => {
    const definition = defined.get(tensor.id);
    if (definition === undefined) throw new Error(`graph '${name}': ${by} reads %${tensor.id} before it is computed`);
    if (shapesEqual(definition.shape, tensor.shape)) return;
    const [found, expected] = [tensor, definition].map(({ shape }) => formatShape(shape));
    throw new Error(`graph '${name}': ${by} reads %${tensor.id} as ${found}, which is ${expected}`);
  };
  for (const operation of operations) {
    const by = describe(operation);
    for (const tensor of operation.inputs) read(tensor, by);
    const { id } = operation.output;
    if (defined.has(id)) throw new Error(`graph '${name}': ${by} computes %${id}, which is there already`);
    if (!keepsShape(operation)) {
      const shapes = [operation.inputs[0], operation.output].map(({ shape }) => formatShape(shape));
      throw new Error(`graph '${name}': ${by} makes ${shapes[1]} of ${shapes[0]}`);
    }
    defined.set(id, operation.output);
  }
  read(output, "the caller");
}

function describe({ kind, origins }: Operation): string {
  const layers = origins.map(({ path }) => path.join("/")).join(", ");
  return layers === "" ? kind : `${kind} of '${layers}'`;
}

/** Whether input and output agree as far as the kind of an operation alone says. */
function keepsShape({ kind, inputs: [input], output }: Operation): boolean {
  switch (kind) {
    case "reshape":
      return sizesEqual(elementCount(input.shape), elementCount(output.shape));
    case "elementwise":
    case "weighted-map":
    case "softmax":
    case "sparsemax":
      return shapesEqual(input.shape, output.shape);
    default:
      return true;
  }
}
