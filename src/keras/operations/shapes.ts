import { ownValue, type JsonValue } from "../../files/json.ts";
import { product } from "../../ir/product.ts";
import { axesOf } from "./axes.ts";
import {
  acrossBatch,
  layers,
  problem,
  type OperationCall,
  type OperationMeaning,
  type OperationReader,
} from "./operation.ts";

export const shapes: Readonly<Record<string, OperationReader>> = {
  Reshape: reshape,
  Squeeze: squeeze,
  ExpandDims: expandDims,
  Transpose: ({ config, shape }) => {
    const axes = ownValue(config, "axes") ?? null;
    const order = axes === null ? shape.map((_, at) => shape.length - 1 - at) : axesOf(axes, shape.length);
    return permute(order, "axes", axes);
  },
  Swapaxes: ({ config, shape }) => {
    const [one, other] = [ownValue(config, "axis1") ?? null, ownValue(config, "axis2") ?? null];
    const [a, b] = axesOf([one, other], shape.length) ?? [];
    if (a === undefined || b === undefined) return undefined;
    return permute(
      shape.map((_, at) => (at === a ? b : at === b ? a : at)),
      "axis1",
      one,
    );
  },
  Moveaxis: ({ config, shape }) => {
    const [from, to] = [ownValue(config, "source") ?? null, ownValue(config, "destination") ?? null];
    const [source, target] = [axesOf(from, shape.length), axesOf(to, shape.length)];
    if (source === undefined || target === undefined || source.length !== target.length) return undefined;
    const rest = shape.map((_, at) => at).filter((at) => !source.includes(at));
    const order = shape.map((_, at) => {
      const moved = target.indexOf(at);
      return moved < 0 ? (rest.shift() as number) : (source[moved] as number);
    });
    return permute(order, "source", from);
  },
};

/** The same elements under another shape, without the batch axis; at most one axis is known only at run time. */
function reshaped(target: readonly (number | null)[], argument: string, found: JsonValue): OperationMeaning {
  if (target.length === 0) return problem(argument, found, "it leaves no axis besides that of the batch");
  if (target.filter((size) => size === null || size < 0).length > 1) {
    return problem(argument, found, "more than one axis is known only at run time");
  }
  return layers(["Reshape", { target_shape: target.map((size) => size ?? -1) }]);
}

function reshape({ config, shape }: OperationCall): OperationMeaning | undefined {
  const found = ownValue(config, "newshape") ?? ownValue(config, "new_shape") ?? null;
  if (!Array.isArray(found) || !found.every((size) => typeof size === "number")) return undefined;
  const [batch, ...target] = found as readonly number[];
  const [size, ...own] = shape;
  if (batch === undefined) return undefined;
  // A batch of a fixed size stays what it is, so that another axis may be left open.
  if (batch !== -1 && batch === size) return reshaped(target, "newshape", found);
  const known = own.filter((axis) => axis !== null);
  const sameElements = known.length === own.length && product(known) === product(target);
  return batch === -1 && sameElements ? reshaped(target, "newshape", found) : problem("newshape", found, acrossBatch);
}

function squeeze({ config, shape }: OperationCall): OperationMeaning | undefined {
  const found = ownValue(config, "axis") ?? null;
  const ones = shape.flatMap((size, at) => (size === 1 && at > 0 ? [at] : []));
  const axes = found === null ? ones : axesOf(found, shape.length);
  if (axes === undefined) return undefined;
  if (axes.includes(0)) return problem("axis", found, acrossBatch);
  return reshaped(
    shape.filter((_, at) => at > 0 && !axes.includes(at)),
    "axis",
    found,
  );
}

function expandDims({ config, shape }: OperationCall): OperationMeaning | undefined {
  const found = ownValue(config, "axis") ?? null;
  const count = Array.isArray(found) ? found.length : 1;
  const axes = axesOf(found, shape.length + count);
  if (axes === undefined) return undefined;
  if (axes.includes(0)) return problem("axis", found, acrossBatch);
  const rest = shape.slice(1);
  const target = Array.from({ length: shape.length + count - 1 }, (_, at) =>
    axes.includes(at + 1) ? 1 : (rest.shift() as number | null),
  );
  return reshaped(target, "axis", found);
}

/** Axes in another order; that of the batch stays first. */
function permute(
  order: readonly number[] | undefined,
  argument: string,
  found: JsonValue,
): OperationMeaning | undefined {
  if (order === undefined) return undefined;
  const [batch, ...dims] = order;
  if (batch !== 0) return problem(argument, found, acrossBatch);
  return dims.every((axis, at) => axis === at + 1) ? layers(["Identity", {}]) : layers(["Permute", { dims }]);
}
