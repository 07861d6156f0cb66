import { fail } from "../../../files/read-failure.ts";
import {
  passOver,
  plainLayer,
  singleLayer,
  type ReadNode,
  type Sizes,
  type ChainStep,
  type StepContext,
} from "../chain.ts";
import { describeNode } from "../describe-node.ts";
import type { StoredNode } from "../read-graph.ts";
import { rankOf } from "../place.ts";
import { axesOf } from "../reductions.ts";
import { shapeOf, shapeValues, type ShapeValue } from "../shape-values.ts";

/** To one axis behind the batch axis; axis 0 makes a batch of one of what has none. */
export const flatten: ReadNode = (node, { place }) => {
  const axis = node.attributes.get("axis")?.int ?? 1;
  const first = axis < 0 ? axis + rankOf(place) : axis;
  if (!place.batched && first === 0) return withBatch(flattened(node, place.sizes));
  if (first !== 1)
    fail("unsupported", `${describeNode(node)} flattens from axis ${axis}; only axis 1 keeps the samples apart`);
  return flattened(node, place.sizes);
};

/** A step whose end has a batch axis, of one sample, where its beginning has none. */
function withBatch(step: ChainStep): ChainStep {
  return { ...step, end: { ...step.end, batched: true } };
}

function flattened(node: StoredNode, sizes: Sizes): ChainStep {
  if (sizes.length === 1) return passOver(node, sizes);
  return singleLayer(node, plainLayer("Flatten", {}, node), [product(sizes)]);
}

/** Sizes of 0 and -1 as ONNX has them; the batch axis must stay. */
export const reshape: ReadNode = (node, context) => {
  const { sizes } = context.place;
  const what = describeNode(node);
  const given = shapeValues(node.inputs[1] ?? "", context) ?? node.attributes.get("shape")?.ints;
  if (given === undefined) return fail("unsupported", `${what} has a shape that is computed; export with fixed sizes`);
  const zero = (node.attributes.get("allowzero")?.int ?? 0) === 0;
  const before = shapeOf(context.place);
  const resolved = given.map((size, axis) =>
    size === 0 && zero && axis < before.length ? (before[axis] ?? null) : size,
  );
  if (!context.place.batched || (context.single && resolved[0] !== 1)) {
    const step = reshapeOfOne(node, sizes, resolved);
    if (step !== undefined) return step;
  }
  const [batch, ...rest] = resolved;
  const after = context.place.batched ? resolveSizes(sizes, rest) : undefined;
  // A batch axis of -1 is what is left: the batch, if all else takes up a sample.
  const inferred = batch === -1 && !rest.includes(-1);
  const keepsBatch = batch === "batch" || inferred || typeof batch === "number";
  if (batch === undefined || !keepsBatch || after === undefined) {
    return fail("unsupported", `${what} mixes samples, or gives [${shown(sizes)}] the shape [${shown(given)}]`);
  }
  if (after.length === sizes.length && after.every((size, axis) => size === sizes[axis] && size !== null))
    return passOver(node, sizes);
  const [only] = after;
  if (after.length === 1 && only === product(sizes)) return flattened(node, sizes);
  const target = rest.map((size, axis) => (typeof size === "number" ? size : size === sizes[axis] ? -1 : undefined));
  const written = after.map((size) => size ?? -1);
  if (target.includes(undefined) || written.filter((size) => size === -1).length > 1) {
    return fail("unsupported", `${what} keeps several sizes that are known only at run time`);
  }
  return singleLayer(node, plainLayer("Reshape", { target_shape: written }, node), after);
};

/** To a list of all elements of the only sample, with a batch axis of 1 before it or without. */
function reshapeOfOne(node: StoredNode, sizes: Sizes, wanted: readonly ShapeValue[]): ChainStep | undefined {
  const count = product(sizes);
  const batched = wanted.length === 2 && wanted[0] === 1;
  const last = wanted.at(-1);
  const fits = (batched || wanted.length === 1) && count !== null && (last === -1 || last === count);
  const step = fits ? flattened(node, sizes) : undefined;
  return step === undefined ? undefined : { ...step, end: { ...step.end, batched } };
}

/** A batch axis of one sample, put before all others or taken away. */
function batchAxis(node: StoredNode, axes: readonly ShapeValue[], adds: boolean, context: StepContext) {
  const { place, single } = context;
  const changes = adds ? !place.batched : place.batched && single;
  if (!changes || axes.length !== 1 || axes[0] !== 0) return undefined;
  const step = passOver(node, place.sizes);
  return { ...step, end: { ...step.end, batched: adds } };
}

/** Adds or drops axes of size 1 behind the batch axis. */
export const squeeze: ReadNode = (node, context) => {
  const { sizes, batched } = context.place;
  const rank = rankOf(context.place);
  const given = axesOf(node, context);
  const adds = node.operator === "Unsqueeze";
  const total = adds ? rank + (given?.length ?? 0) : rank;
  const axes = given?.map((axis) => (typeof axis === "number" && axis < 0 ? axis + total : axis));
  const changed = axes === undefined ? undefined : batchAxis(node, axes, adds, context);
  if (changed !== undefined) return changed;
  const valid = batched && (axes?.every((axis) => typeof axis === "number" && axis > 0 && axis < total) ?? false);
  const drops = !adds && axes?.every((axis) => sizes[(axis as number) - 1] === 1);
  if (axes === undefined || !valid || (!adds && drops !== true)) {
    return fail("unsupported", `${describeNode(node)} changes the batch axis, or does not say which axes it changes`);
  }
  const repeated = adds ? repeatVector(node, axes, context) : undefined;
  if (repeated !== undefined) return repeated;
  const queue = [...sizes];
  const after = adds
    ? Array.from({ length: total - 1 }, (_, at) => (axes.includes(at + 1) ? 1 : (queue.shift() ?? null)))
    : sizes.filter((_, at) => !axes.includes(at + 1));
  if (after.filter((size) => size === null).length > 1) {
    return fail("unsupported", `${describeNode(node)} keeps several sizes that are known only at run time`);
  }
  const target = after.map((size) => size ?? -1);
  return singleLayer(node, plainLayer("Reshape", { target_shape: target }, node), after);
};

/** `Unsqueeze` and `Expand` of a vector along a new first axis, alone. */
function repeatVector(node: StoredNode, axes: readonly unknown[], context: StepContext): ChainStep | undefined {
  const { sizes } = context.place;
  const [next, ...others] = context.index.consumers(node.outputs[0] ?? "");
  if (next?.operator !== "Expand" || others.length > 0 || sizes.length !== 1 || axes.join() !== "1") return undefined;
  const [batch, count, features] = shapeValues(next.inputs[1] ?? "", context) ?? [];
  const keeps = (batch === 1 || batch === "batch") && (features === 1 || features === sizes[0]);
  if (typeof count !== "number" || !keeps) return undefined;
  return singleLayer(next, plainLayer("RepeatVector", { n: count }, next), [count, ...sizes]);
}

/** A concatenation of one tensor, as exporters leave it behind. */
export const concatOfOne: ReadNode = (node, { place }) => {
  if (node.inputs.length !== 1)
    fail("unsupported", `${describeNode(node)} joins tensors; Layers has chains of layers only`);
  return passOver(node, place.sizes);
};

/** To the shape that a tensor has. */
export const expandToOwnShape: ReadNode = (node, context) => {
  const { sizes } = context.place;
  const target = shapeValues(node.inputs[1] ?? "", context);
  const own = shapeOf(context.place);
  const isOwn =
    target !== undefined &&
    target.length <= own.length &&
    own.slice(-target.length).every((size, at) => target[at] === 1 || target[at] === size);
  if (!isOwn) fail("unsupported", `${describeNode(node)} repeats its input`);
  return passOver(node, sizes);
};

/** Axes in another order; the batch axis stays the first. */
export const transpose: ReadNode = (node, { place }) => {
  const { sizes, batched } = place;
  const order = node.attributes.get("perm")?.ints ?? [];
  const valid =
    batched &&
    order.length === sizes.length + 1 &&
    order[0] === 0 &&
    sizes.every((_, axis) => order.includes(axis + 1));
  if (!valid) fail("unsupported", `${describeNode(node)} moves the batch axis`);
  const dims = order.slice(1);
  if (dims.every((dim, at) => dim === at + 1)) return passOver(node, sizes);
  return singleLayer(
    node,
    plainLayer("Permute", { dims }, node),
    dims.map((dim) => sizes[dim - 1] ?? null),
  );
};

/** The mean or the maximum over the steps of a sequence. */
export const pool: ReadNode = (node, context) => {
  const { sizes, batched } = context.place;
  const given = axesOf(node, context) ?? [];
  const axes = given.map((axis) => (typeof axis === "number" && axis < 0 ? axis + rankOf(context.place) : axis));
  if (!batched || sizes.length !== 2 || axes.length !== 1 || axes[0] !== 1) {
    return fail("unsupported", `${describeNode(node)} reduces other axes than the steps of a sequence`);
  }
  const keepdims = (node.attributes.get("keepdims")?.int ?? 1) !== 0;
  const className = node.operator === "ReduceMean" ? "GlobalAveragePooling1D" : "GlobalMaxPooling1D";
  const features = sizes[1] ?? null;
  return singleLayer(node, plainLayer(className, { keepdims }, node), keepdims ? [1, features] : [features]);
};

/** The sizes after a reshape, -1 inferred; undefined where they do not fit. */
function resolveSizes(before: Sizes, wanted: readonly ShapeValue[]): Sizes | undefined {
  if (wanted.includes("batch") || wanted.some((size) => typeof size === "number" && size < -1)) return undefined;
  const open = wanted.filter((size) => size === -1).length;
  const total = product(before);
  const known = product(wanted.filter((size) => size !== -1) as Sizes);
  if (open > 1) return undefined;
  if (open === 0) {
    return total === null || known === null || total === known ? (wanted as Sizes) : undefined;
  }
  const inferred = total === null || known === null || known === 0 ? null : total / known;
  if (inferred !== null && !Number.isSafeInteger(inferred)) return undefined;
  return wanted.map((size) => (size === -1 ? inferred : (size as number | null)));
}

function product(sizes: Sizes): number | null {
  return sizes.reduce((result, size) => (result === null || size === null ? null : result * size), 1);
}

function shown(sizes: readonly ShapeValue[]): string {
  return sizes.map((size) => size ?? "?").join(", ");
}
