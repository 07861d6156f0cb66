import { ownValue, type JsonValue } from "../../files/json.ts";
import { product } from "../../ir/product.ts";
import { axesOf } from "./axes.ts";
import {
  acrossBatch,
  problem,
  type OperationCall,
  type OperationMeaning,
  type OperationReader,
  type PartOfOperation,
} from "./operation.ts";

export const reductions: Readonly<Record<string, OperationReader>> = {
  Mean: (call) => pooled(call, "GlobalAveragePooling1D"),
  Sum: (call) => pooled(call, "GlobalAveragePooling1D", true),
  Max: (call) => ((ownValue(call.config, "initial") ?? null) === null ? pooled(call, "GlobalMaxPooling1D") : undefined),
};

/** One number over some axes: a pooling over steps, with the axes brought into that form and back. */
function pooled(call: OperationCall, className: string, total = false): OperationMeaning | undefined {
  const { config, shape } = call;
  const found = ownValue(config, "axis") ?? null;
  const keepdims = ownValue(config, "keepdims") === true;
  const axes = found === null ? undefined : axesOf(found, shape.length)?.toSorted((a, b) => a - b);
  if (found !== null && axes === undefined) return undefined;
  if (axes === undefined || axes.includes(0)) return problem("axis", found, acrossBatch);
  const own = shape.slice(1);
  const rest = own.filter((_, at) => !axes.includes(at + 1));
  if (rest.length === 0 && !keepdims) {
    return problem("axis", found, "it leaves no axis besides that of the batch, which keepdims=True would");
  }
  const sizes = axes.map((axis) => own[axis - 1] ?? null);
  if (total && sizes.includes(null)) return problem("axis", found, "its number of steps is known only at run time");
  const count = product(sizes.map((size) => size ?? 1));
  const scaled = total && count !== 1 ? [part("Rescaling", { scale: count })] : [];
  const steps = poolingOfSequence(own, axes, className, keepdims) ?? poolingOfKnown(own, axes, className, keepdims);
  return steps === undefined
    ? problem("axis", found, "more than one axis is known only at run time")
    : { kind: "layers", parts: [...steps, ...scaled] };
}

function part(className: string, config: Readonly<Record<string, JsonValue>>): PartOfOperation {
  return { className, config };
}

/** Of steps and features: as the pooling has it. */
function poolingOfSequence(
  own: readonly (number | null)[],
  axes: readonly number[],
  className: string,
  keepdims: boolean,
): readonly PartOfOperation[] | undefined {
  if (own.length !== 2 || axes.length !== 1) return undefined;
  const format = axes[0] === 1 ? {} : { data_format: "channels_first" };
  return [part(className, { ...format, keepdims })];
}

/** Of any other shape that is known: the axes are brought to the front and made one. */
function poolingOfKnown(
  own: readonly (number | null)[],
  axes: readonly number[],
  className: string,
  keepdims: boolean,
): readonly PartOfOperation[] | undefined {
  if (own.includes(null)) return undefined;
  const sizes = own as readonly number[];
  const rest = sizes.map((_, at) => at + 1).filter((axis) => !axes.includes(axis));
  const order = [...axes, ...rest];
  const moved = order.some((axis, at) => axis !== at + 1) ? [part("Permute", { dims: order })] : [];
  const sizeOf = (axis: number): number => sizes[axis - 1] as number;
  const features = rest.map(sizeOf);
  const target = keepdims ? sizes.map((size, at) => (axes.includes(at + 1) ? 1 : size)) : features;
  const folded = [product(axes.map(sizeOf)), product(features)];
  const back = target.length === 1 && target[0] === folded[1] ? [] : [part("Reshape", { target_shape: target })];
  return [...moved, part("Reshape", { target_shape: folded }), part(className, {}), ...back];
}
