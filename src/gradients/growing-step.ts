import type { Tensor, WeightTensor } from "../ir/graph.ts";
import { samplesAxis } from "../ir/samples.ts";
import { local, type Scalar } from "../ir/scalar.ts";
import { elementCount, type Shape } from "../ir/shape.ts";
import { multiplySizes, one, staticSize, type Size } from "../ir/size.ts";
import type {
  NestOperation,
  NestResult,
  Operands,
  ReduceOptions,
  StepOperation,
  StepOrigin,
  StepTensor,
} from "../ir/step-graph.ts";
import { weightKey } from "../ir/weight-arrays.ts";
import { rowMajorStrides } from "../ops/axes.ts";
import { broadcastOperands, broadcastShape, broadcastStrides, isOne, nestAxes, none } from "./broadcast.ts";
import { replaceLocals } from "./substitute.ts";

/** New random numbers of every step. */
export interface RandomInput {
  readonly tensor: StepTensor;
  readonly distribution: "uniform" | "normal";
}

/** The same numbers at every step. */
export interface ConstantInput {
  readonly tensor: StepTensor;
  readonly values: readonly number[];
}

/** What is computed of a batch, as it grows: operations so far, and the values that they begin with. */
export class GrowingStep {
  readonly operations: StepOperation[] = [];
  readonly variables = new Map<string, StepTensor>();
  readonly random: RandomInput[] = [];
  readonly constants: ConstantInput[] = [];
  /** What is added to the loss, each of shape `[]` and one for the batch. */
  readonly penalties: StepTensor[] = [];
  readonly moves: { readonly weight: WeightTensor; readonly value: StepTensor }[] = [];
  readonly #ids: { next: number };

  /** Programs of one trainer number their values together. */
  constructor(ids: { next: number } = { next: 0 }) {
    this.#ids = ids;
  }

  /** Another program on the same variables. */
  branch(): GrowingStep {
    const other = new GrowingStep(this.#ids);
    for (const [key, tensor] of this.variables) other.variables.set(key, tensor);
    return other;
  }

  tensor(shape: Shape, perSample: boolean): StepTensor {
    return { id: this.#ids.next++, shape, perSample };
  }

  variable(weight: WeightTensor): StepTensor {
    const key = weightKey(weight.path);
    const found = this.variables.get(key);
    if (found === undefined) throw new Error(`no variable '${key}'`);
    return found;
  }

  /** `kernel`, of the value of such a weight. */
  nameOf({ id }: StepTensor): string | undefined {
    const [key] = [...this.variables].find(([, tensor]) => tensor.id === id) ?? [];
    return key?.slice(key.lastIndexOf("/") + 1);
  }

  constant(shape: Shape, values: readonly number[]): StepTensor {
    const key = values.join();
    const known = this.constants.find(
      ({ tensor, values: own }) => tensor.shape.length === shape.length && own.join() === key,
    );
    if (known !== undefined) return { ...known.tensor, shape };
    const tensor = this.tensor(shape, false);
    this.constants.push({ tensor, values });
    return tensor;
  }

  randomNumbers(distribution: RandomInput["distribution"], shape: Shape, perSample: boolean): StepTensor {
    const tensor = this.tensor(shape, perSample);
    this.random.push({ tensor, distribution });
    return tensor;
  }

  /** The loops over all elements of a value, and how they write them. */
  wholeOf(tensor: StepTensor): { readonly axes: Shape; readonly result: Pick<NestResult, "tensor" | "strides"> } {
    return { axes: nestAxes(tensor), result: { tensor, strides: broadcastStrides(tensor, tensor) } };
  }

  /** A function of each element of values that are broadcast against one another. */
  map(operands: Operands, body: Scalar, of: StepOrigin): StepTensor {
    const { named, value } = apart(operands, body);
    const to = broadcastShape(named.map(([, tensor]) => tensor));
    const output = this.tensor(to.shape, to.perSample);
    this.operations.push({
      kind: "nest",
      axes: nestAxes(to),
      operands: broadcastOperands(named, to),
      results: [{ tensor: output, strides: broadcastStrides(output, to), value }],
      ...of,
    });
    return output;
  }

  /** The sum, mean or maximum of a function along axes. */
  reduce(operands: Operands, term: Scalar, options: ReduceOptions, of: StepOrigin): StepTensor {
    const { combine, axes, samples = false, keep = false } = options;
    const { named, value } = apart(operands, term);
    const from = broadcastShape(named.map(([, tensor]) => tensor));
    const kept = from.shape.map((size, axis) => (axes.includes(axis) ? one : size));
    const output = this.tensor(kept, from.perSample && !samples);
    const along = [...(from.perSample ? [samples] : []), ...from.shape.map((_, axis) => axes.includes(axis))];
    const loops = nestAxes(from);
    const divisor = elementCount(loops.filter((_, axis) => along[axis]));
    const operation: NestOperation = {
      kind: "nest",
      axes: loops,
      operands: broadcastOperands(named, from),
      reduction: {
        combine: combine === "max" ? "max" : "sum",
        along,
        term: value,
        ...(combine === "mean" ? { divisor } : {}),
      },
      results: [{ tensor: output, strides: broadcastStrides(output, from), value: local("sum") }],
      ...of,
    };
    this.operations.push(operation);
    const shape = keep ? kept : from.shape.filter((_, axis) => !axes.includes(axis));
    return { ...output, shape };
  }

  /** The sum of a function of all elements, of shape `[]`. */
  reduceAll(operands: Operands, term: Scalar, of: StepOrigin): StepTensor {
    const { shape } = broadcastShape(Object.values(operands).map(stepTensor));
    const axes = shape.map((_, axis) => axis);
    return this.reduce(operands, term, { combine: "sum", axes, samples: true }, of);
  }

  /** Elements in another order or repeated: a map over the output's axes. */
  copy(input: StepTensor, shape: Shape, strides: readonly Size[], of: StepOrigin): StepTensor {
    const to = { shape, perSample: input.perSample };
    const output = this.tensor(shape, input.perSample);
    const moved = input.perSample ? [elementCount(input.shape), ...strides] : strides;
    this.operations.push({
      kind: "nest",
      axes: nestAxes(to),
      operands: [{ name: "x", tensor: input, strides: moved }],
      results: [{ tensor: output, strides: broadcastStrides(output, to), value: local("x") }],
      ...of,
    });
    return output;
  }

  /** The elements from `start` to before `end` along an axis. */
  slice(input: StepTensor, axis: number, start: number, end: number, of: StepOrigin): StepTensor {
    const shape = input.shape.map((size, at) => (at === axis ? staticSize(end - start) : size));
    const to = { shape, perSample: input.perSample };
    const output = this.tensor(shape, input.perSample);
    const strides = rowMajorStrides(input.shape);
    const samples = input.perSample ? [elementCount(input.shape)] : [];
    const from = multiplySizes(strides[axis] as Size, staticSize(start));
    this.operations.push({
      kind: "nest",
      axes: nestAxes(to),
      operands: [{ name: "x", tensor: input, strides: [...samples, ...strides], start: from }],
      results: [{ tensor: output, strides: broadcastStrides(output, to), value: local("x") }],
      ...of,
    });
    return output;
  }

  /** Rows of a table. */
  gather(indices: StepTensor, table: StepTensor, layer: string, of: StepOrigin): StepTensor {
    const output = this.tensor([...indices.shape, table.shape[1] as Size], indices.perSample);
    this.operations.push({ kind: "gather", indices, table, layer, output, ...of });
    return output;
  }

  sparsemax(input: StepTensor, axis: number, of: StepOrigin): StepTensor {
    const output = this.tensor(input.shape, input.perSample);
    this.operations.push({ kind: "sparsemax", input, axis, output, ...of });
    return output;
  }

  /** Sums of products over any axes: for each the strides in both operands and in the result, which lacks the summed ones. */
  contract(
    axes: readonly ContractedAxis[],
    [left, right]: readonly [StepTensor, StepTensor],
    shape: Shape,
    of: StepOrigin,
  ): StepTensor {
    const perSample = left.perSample || right.perSample;
    const output = this.tensor(shape, perSample);
    const ofSamples = (tensor: StepTensor): Size => (tensor.perSample ? elementCount(tensor.shape) : none);
    const samples: ContractedAxis = {
      size: samplesAxis,
      left: ofSamples(left),
      right: ofSamples(right),
      output: elementCount(shape),
      summed: false,
    };
    const longer = axes.filter(({ size }) => !isOne(size));
    const all = perSample ? [samples, ...longer] : longer;
    this.operations.push({
      kind: "nest",
      axes: all.map(({ size }) => size),
      operands: [
        { name: "a", tensor: left, strides: all.map((axis) => axis.left) },
        { name: "b", tensor: right, strides: all.map((axis) => axis.right) },
      ],
      reduction: {
        combine: "sum",
        along: all.map(({ summed }) => summed),
        term: { kind: "binary", operator: "mul", left: local("a"), right: local("b") },
      },
      results: [
        { tensor: output, strides: all.map((axis) => (axis.summed ? none : axis.output)), value: local("sum") },
      ],
      ...of,
    });
    return output;
  }
}

export interface ContractedAxis {
  readonly size: Size;
  readonly left: Size;
  readonly right: Size;
  readonly output: Size;
  readonly summed: boolean;
}

/** What a step's builder hands out are its own values, under types that layers know. */
export function stepTensor(tensor: Tensor): StepTensor {
  if (!("perSample" in tensor)) throw new Error("a value of another graph");
  return tensor as StepTensor;
}

/** What loops call their own, on every target: variables, positions, sums, arrays; numbered names of any kind. */
const loopNames = /^(?:at|i|in|out|sum|samples|token|k|stored|zero)$|^[a-z]+\d+$/;

/** Operands and the expression of them, under names that no loop has. */
function apart(
  operands: Operands,
  body: Scalar,
): { readonly named: readonly (readonly [string, StepTensor])[]; readonly value: Scalar } {
  const renamed = new Map<string, Scalar>();
  const named = Object.entries(operands).map(([name, tensor]): readonly [string, StepTensor] => {
    if (!loopNames.test(name)) return [name, stepTensor(tensor)];
    renamed.set(name, local(`${name}_`));
    return [`${name}_`, stepTensor(tensor)];
  });
  return { named, value: renamed.size === 0 ? body : replaceLocals(body, renamed) };
}
