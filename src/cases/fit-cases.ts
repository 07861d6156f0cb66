import { counted } from "../diagnostics/counted.ts";
import type { Model } from "../check/model.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { formatCount } from "../diagnostics/format-count.ts";
import { elementCount, formatShape, type Shape } from "../ir/shape.ts";
import { product } from "../ir/product.ts";
import { isStatic, type Size } from "../ir/size.ts";
import type { CaseArray, Cases } from "./cases.ts";
import { maxComputedValues } from "./limits.ts";

export const casesShape = defineDiagnostic(
  "cases-shape",
  "error",
  "An array of a cases file has a shape that does not fit the model.",
  (at: { path: string; model: string; array: CaseArray; expected: string; why?: string }) => ({
    message: `'${at.array.name}' of '${at.path}' has the shape [${at.array.shape.join(", ")}], expected ${at.expected} for ${at.model}${at.why === undefined ? "" : `: ${at.why}`}`,
  }),
  () => ({
    meaning:
      "The arrays of a cases file have the samples along their first axis, then the shape of the model's input or output. This array has other axes.",
    example: {
      kind: "situation",
      text: "The model has input [64]; cases.json has 8 samples of 32 numbers.",
      arguments: {
        path: "cases.json",
        model: "Digits",
        array: { name: "inputs", shape: [8, 32], data: new Float64Array() },
        expected: "[n, 64]",
      },
      mended: "Each sample of cases.json has 64 numbers.",
    },
  }),
);

export const casesComputeTooMuch = defineDiagnostic(
  "cases-compute-too-much",
  "error",
  "A model would compute more values from a cases file than is sensible to keep.",
  (at: { path: string; model: string; values: number }) => ({
    message: `${at.model} makes ${formatCount(at.values)} values of the samples in '${at.path}', more than ${formatCount(maxComputedValues)}`,
    help: "fewer samples prove as much",
  }),
  () => ({
    meaning: "The outputs of all layers are kept for the comparison, and for this many samples they are too many.",
    example: {
      kind: "situation",
      text: "cases.json has 100,000 samples for a model whose layers make 10,000 values of each.",
      arguments: { path: "cases.json", model: "Digits", values: 1_000_000_000 },
      mended: "cases.json has the first 32 samples.",
    },
  }),
);

/** Values of the run-time dims of a model, by name. */
export type DimValues = Readonly<Record<string, number>>;

/** Cases whose arrays have the shapes of a model. */
export interface FittedCases extends Pick<Cases, "inputs" | "outputs"> {
  readonly samples: number;
  readonly dims: DimValues;
}

/** Why cases are none of a model. */
export interface CasesMisfit {
  readonly kind: "misfit";
  readonly diagnostic: Diagnostic;
}

/** Holds inputs and outputs against the shapes of a model, and reads the run-time dims off the inputs. */
export function fitCases(
  model: Model,
  cases: Cases,
  path: string,
): ({ readonly kind: "fitted" } & FittedCases) | CasesMisfit {
  const { inputs, outputs } = withSampleAxis(cases, model);
  const misfit = (diagnostic: Diagnostic): CasesMisfit => ({ kind: "misfit", diagnostic });
  const wrong = (array: CaseArray, shape: Shape, why?: string): CasesMisfit => {
    const arrays = { path, model: model.name, array, expected: batchShape(shape) };
    return misfit(casesShape(model.nameSpan, { ...arrays, ...(why === undefined ? {} : { why }) }));
  };
  const samples = inputs.shape[0];
  if (samples === undefined || inputs.shape.length !== model.inputShape.length + 1) {
    return wrong(inputs, model.inputShape, "the first axis counts the samples");
  }
  if (samples === 0) return wrong(inputs, model.inputShape, "there is no sample");

  const dims: Record<string, number> = Object.create(null) as Record<string, number>;
  for (const [axis, size] of model.inputShape.entries()) {
    const found = inputs.shape[axis + 1] as number;
    const [dim] = size.dims;
    if (dim !== undefined && dims[dim] === undefined && size.dims.length === 1 && found % size.factor === 0) {
      dims[dim] = found / size.factor;
    }
    if (sizeValue(size, dims) === found) continue;
    const known = dim === undefined || dims[dim] === undefined ? undefined : `'${dim}' is ${dims[dim]}`;
    return wrong(inputs, model.inputShape, known);
  }
  if (inputs.data.length === 0) return wrong(inputs, model.inputShape, "a sample has no values");
  const makes = samples * product(shapeValues(model.outputShape, dims));
  if (makes > maxComputedValues) {
    return misfit(casesComputeTooMuch(model.nameSpan, { path, model: model.name, values: makes }));
  }
  if (!fits(outputs, samples, model.outputShape, dims)) {
    return wrong(outputs, model.outputShape, `inputs has ${counted(samples, "sample")}${describeDims(dims)}`);
  }
  return { kind: "fitted", samples, dims, inputs, outputs };
}

/** One sample whose arrays have no axis for it, as a model without a batch axis takes and gives them, with that axis. */
function withSampleAxis({ inputs, outputs }: Cases, model: Model): Pick<Cases, "inputs" | "outputs"> {
  const alone = (array: CaseArray, shape: Shape): boolean =>
    shape.length === array.shape.length &&
    shape.every((size, axis) => !isStatic(size) || size.factor === array.shape[axis]);
  if (!alone(inputs, model.inputShape) || !alone(outputs, model.outputShape) || inputs.shape.length === 0) {
    return { inputs, outputs };
  }
  const one = (array: CaseArray): CaseArray => ({ ...array, shape: [1, ...array.shape] });
  return { inputs: one(inputs), outputs: one(outputs) };
}

/** Whether an array is that many samples of a shape. */
export function fits(array: CaseArray, samples: number, shape: Shape, dims: DimValues): boolean {
  const expected = [samples, ...shapeValues(shape, dims)];
  return array.shape.length === expected.length && expected.every((size, axis) => size === array.shape[axis]);
}

/** A shape with the values of run-time dims. */
export function shapeValues(shape: Shape, dims: DimValues): readonly number[] {
  return shape.map((size) => sizeValue(size, dims));
}

/** The number of elements of a shape. */
export function valueCount(shape: Shape, dims: DimValues): number {
  return sizeValue(elementCount(shape), dims);
}

/** The value of a size; NaN where a dim is missing. */
export function sizeValue(size: Size, dims: DimValues): number {
  if (isStatic(size)) return size.factor;
  return size.dims.reduce((product, dim) => product * (dims[dim] ?? Number.NaN), size.factor);
}

/** `[n, time, 128]` */
export function batchShape(shape: Shape): string {
  return shape.length === 0 ? "[n]" : `[n, ${formatShape(shape).slice(1)}`;
}

function describeDims(dims: DimValues): string {
  return Object.entries(dims)
    .map(([dim, value]) => `, '${dim}' is ${value}`)
    .join("");
}
