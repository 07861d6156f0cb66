import { plainLayer, type ChainStep, type Place, type StepContext } from "../chain.ts";
import { rankOf } from "../place.ts";
import type { StoredNode } from "../read-graph.ts";
import { shapeValues } from "../shape-values.ts";

/** Two halves of a tensor along an axis, which is counted behind the batch axis. */
interface Halves {
  readonly axis: number;
  readonly first: string;
  readonly second: string;
}

/** Two halves, the first times the sigmoid of the second: a gated linear unit. */
export function readGated(context: StepContext): ChainStep | undefined {
  const { place, index, layers } = context;
  const readers = index.consumers(place.tensor);
  const [node, other] = readers;
  if (node === undefined || readers.length > 2) return undefined;
  const halves = other === undefined ? halvesOfSplit(node, context) : halvesOfSlices(node, other, context);
  if (halves === undefined) return undefined;
  const { axis, first, second } = halves;
  const [sigmoid, ...others] = index.consumers(second);
  const [product, ...more] = index.consumers(first);
  const gate = sigmoid?.outputs[0] ?? "";
  const [reader, ...rest] = index.consumers(gate);
  const fits =
    others.length + more.length + rest.length === 0 &&
    sigmoid?.operator === "Sigmoid" &&
    product?.operator === "Mul" &&
    reader === product &&
    product.inputs.every((input) => input === first || input === gate);
  if (!fits) return undefined;
  const isLast = axis === place.sizes.length - 1;
  const activation = isLast ? "glu" : { class_name: "glu", config: { axis: axis + 1 } };
  const sizes = place.sizes.map((size, at) => (at === axis && size !== null ? size / 2 : size));
  const end = { tensor: product.outputs[0] ?? "", sizes };
  const last = layers.at(-1);
  if (isLast && last?.className === "Dense" && last.config["activation"] === "linear") {
    return { layers: [{ ...last, config: { ...last.config, activation } }], replaces: 1, end };
  }
  return { layers: [{ ...plainLayer("Activation", { activation }, product), source: product.name }], end };
}

/** Both outputs of a Split into two equal parts. */
function halvesOfSplit(node: StoredNode, context: StepContext): Halves | undefined {
  const { place } = context;
  if (node.operator !== "Split" || node.domain !== "" || node.outputs.length !== 2) return undefined;
  const [first = "", second = ""] = node.outputs;
  const axis = behindBatch(node.attributes.get("axis")?.int ?? 0, place);
  const half = halfOf(place, axis);
  const parts = shapeValues(node.inputs[1] ?? "", context) ?? node.attributes.get("split")?.ints;
  const fits = half !== undefined && (parts === undefined || parts.every((part) => part === half));
  return fits ? { axis, first, second } : undefined;
}

/** Two slices that are the halves, in either order. */
function halvesOfSlices(one: StoredNode, other: StoredNode, context: StepContext): Halves | undefined {
  const { place } = context;
  const slices = [one, other].map((node) => sliceOf(node, context));
  const [a, b] = slices.toSorted((x, y) => (x?.start ?? 0) - (y?.start ?? 0));
  const half = a === undefined ? undefined : halfOf(place, a.axis);
  if (a === undefined || b === undefined || half === undefined || a.axis !== b.axis) return undefined;
  const fits = a.start === 0 && a.end === half && b.start === half && b.end >= 2 * half;
  return fits ? { axis: a.axis, first: a.tensor, second: b.tensor } : undefined;
}

/** A slice along one axis with the step 1. */
function sliceOf(node: StoredNode, context: StepContext) {
  if (node.operator !== "Slice" || node.domain !== "") return undefined;
  const one = (at: number, name: string): number | undefined => {
    const values = shapeValues(node.inputs[at] ?? "", context) ?? node.attributes.get(name)?.ints;
    const [value] = values ?? [];
    return values?.length === 1 && typeof value === "number" ? value : undefined;
  };
  const [start, end, axis] = [one(1, "starts"), one(2, "ends"), one(3, "axes") ?? 0];
  const steps = (node.inputs[4] ?? "") === "" ? 1 : one(4, "steps");
  const size = context.place.sizes[behindBatch(axis, context.place)];
  if (start === undefined || end === undefined || steps !== 1 || typeof size !== "number") return undefined;
  const fromEnd = (value: number): number => (value < 0 ? value + size : value);
  return {
    axis: behindBatch(axis, context.place),
    start: fromEnd(start),
    end: fromEnd(end),
    tensor: node.outputs[0] ?? "",
  };
}

function behindBatch(axis: number, place: Place): number {
  return (axis < 0 ? axis + rankOf(place) : axis) - (place.batched ? 1 : 0);
}

function halfOf({ sizes }: Place, axis: number): number | undefined {
  const size = sizes[axis];
  return typeof size === "number" && size % 2 === 0 ? size / 2 : undefined;
}
