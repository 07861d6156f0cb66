import { inputName, outputName, startVariables, sumsName } from "../../ir/kernel-names.ts";
import type { Kernel } from "../../ir/loops.ts";
import type { ScalarFunction } from "../../ir/scalar.ts";
import { rowVariable } from "../../ops/dense.ts";
import type { ModelUnit } from "../model-unit.ts";
import {
  code,
  docComment,
  from,
  identifier,
  join,
  quoted,
  render,
  trustedText,
  types,
  type Code,
  type Identifier,
} from "./code.ts";
import { arrayType } from "./arrays.ts";
import { weightParameters } from "./local-names.ts";
import type { Preformatted } from "./preformatted.ts";
import { printBody, type KernelScope } from "./print-kernel.ts";
import type { Support } from "./support-function.ts";
import type { UnitNames } from "./names.ts";
import { arrayKey, weightBuffers } from "./unit-names.ts";

export interface KernelContext {
  readonly typescript: boolean;
  readonly names: UnitNames;
  readonly preformatted: Preformatted;
  /** The module's name for a function that is not written in place. */
  scalarFunction(scalarFunction: ScalarFunction): Identifier;
  readonly support: Support;
}

/** A kernel's parameters and, in the same order, what a caller passes. */
interface KernelParameter {
  readonly declaration: Code;
  readonly name: string;
}

/** The function of one kernel: the layers it computes in its comment, the loops in its body. */
export function kernelFunction(kernel: Kernel, unit: ModelUnit, context: KernelContext): Code {
  const name = context.names.kernels.get(kernel) as Identifier;
  const arrays = weightParameters(kernel);
  const scope: KernelScope = {
    typescript: context.typescript,
    preformatted: context.preformatted,
    buffer(buffer) {
      if (buffer.kind === "weights") return arrays.get(arrayKey(buffer)) as string;
      const at = kernel.inputs.findIndex(({ kind, name }) => kind === buffer.kind && name === buffer.name);
      if (at >= 0) return inputName(at);
      return buffer.name === kernel.output.name ? outputName : sumsName;
    },
    checkIndex: (what, value, size) =>
      render(
        code`${context.support("checkIndex")}(${quoted(`${unit.name}: ${what}`)}, ${trustedText(value)}, ${size})`,
        context.typescript ? "ts" : "js",
      ),
    dim: (dim) => (context.names.dimNames.get(dim) as Identifier).text,
    scalarFunction: (scalarFunction) => context.scalarFunction(scalarFunction).text,
  };
  const parameters = [
    ...dataParameters(kernel),
    ...weightBuffers(kernel).map((buffer): KernelParameter => {
      const array = arrays.get(arrayKey(buffer)) as string;
      const type = trustedText(arrayType(buffer));
      return { name: array, declaration: code`${identifier(array)}${types`: ${type}`}` };
    }),
    ...kernelDims(kernel).map((dim): KernelParameter => {
      const dimName = context.names.dimNames.get(dim) as Identifier;
      return { name: dimName.text, declaration: code`${dimName}${types`: number`}` };
    }),
  ];
  const declarations = join(
    parameters.map(({ declaration }) => declaration),
    ", ",
  );
  const body = trustedText(printBody(kernel.body, scope));
  const itself = code`function ${name}(${declarations})${types`: void`} {\n${body}\n}`;
  return from(
    { model: unit.name, kernel },
    code`${docComment(kernelDoc(kernel))}${from({ model: unit.name, kernel, isFunction: true }, itself)}`,
  );
}

function kernelDoc(kernel: Kernel): readonly string[] {
  if (kernel.origins.length === 0) return ["Copies a sample, so that the loops below read one kind of array."];
  const { part } = kernel;
  const suffix = part === undefined ? "" : ` (${part.number} of ${part.of}: ${partNames[part.operation]})`;
  const own = kernel.origins.map(({ path, description }) => `${path.join("/")}: ${description}${suffix}`);
  const folded = (kernel.folded ?? []).map(
    ({ path, description }) => `${path.join("/")}: ${description}, folded into the weights`,
  );
  const layers = [...own, ...folded, ...(kernel.notes ?? [])];
  if (kernel.sums !== undefined) return [...layers, sumsDoc(hasOwnSums(kernel) ? sumsName : outputName)];
  if (kernel.plan.strategy !== "tiled loops") return layers;
  if (readsBlocks(kernel)) return [...layers, ...blocksDoc];
  return [...layers, ...(hasRowPairs(kernel) ? pairsDoc : tiledDoc)];
}

function hasRowPairs({ body }: Kernel): boolean {
  return body.some((statement) => statement.kind === "for" && statement.variable === rowVariable && statement.step > 1);
}

function readsBlocks(kernel: Kernel): boolean {
  return weightBuffers(kernel).some(({ layout }) => layout.kind === "blocks");
}

const blocksDoc = [
  "Eight units at a time, four inputs a step: the blocks of weights that hold anything",
  "but 0. Integers tell where they are: for each eight units the first block and the",
  "first unit, then the number of blocks, then the first input of each block.",
];
/** Whether sums that are not finished have a parameter, for they can't lie in the output. */
function hasOwnSums({ sums, output }: Kernel): boolean {
  return sums !== undefined && sums.name !== output.name;
}

function sumsDoc(where: string): string {
  return `A few inputs at a time: ${where} holds the sums so far.`;
}

const tiledDoc = [
  "Up to eight units at a time. The kernel comes in panels of eight units, so that",
  "each loop reads it from front to back.",
];

const pairsDoc = [
  "Up to eight units at a time for one row, four for two rows side by side. The kernel",
  "comes in panels of eight units, so that each loop reads it from front to back.",
];

const partNames = {
  dense: "x * kernel + bias",
  "quantize-rows": "each row as integers from 0 to 127",
  "int8-dense": "integers by int8 weights, scaled",
  elementwise: "elementwise function",
  "weighted-map": "function of each element and its weights",
  "reduce-map": "statistics, and what is made of them",
  softmax: "softmax",
  sparsemax: "sparsemax",
  glu: "first half * sigmoid(second half)",
  embedding: "rows of a table",
  einsum: "products summed",
  "strided-copy": "elements in another order",
} as const;

function dataParameters(kernel: Kernel): readonly KernelParameter[] {
  const output = kernel.output.kind === "output" ? code`Float32Array` : code`Float64Array`;
  const start = (name: string): KernelParameter => ({ name, declaration: code`${identifier(name)}${types`: number`}` });
  return [
    ...kernel.inputs.flatMap(({ kind }, at): readonly KernelParameter[] => {
      const name = inputName(at);
      const input = kind === "input" ? code`ArrayLike<number>` : code`Float64Array`;
      const own = { name, declaration: code`${identifier(name)}${types`: ${input}`}` };
      return kind === "input" ? [own, start(startVariables.input)] : [own];
    }),
    { name: outputName, declaration: code`${identifier(outputName)}${types`: ${output}`}` },
    ...(kernel.output.kind === "output" ? [start(startVariables.output)] : []),
    ...(hasOwnSums(kernel)
      ? [{ name: sumsName, declaration: code`${identifier(sumsName)}${types`: Float64Array`}` }]
      : []),
  ];
}

/** The run-time dims that the extents and strides of a kernel mention. */
function kernelDims(kernel: Kernel): readonly string[] {
  const dims = [...kernel.inputs, kernel.output].flatMap(({ size }) => size.dims);
  return [...new Set(dims)];
}

/** The call of a kernel inside `run`. `scratch` names the buffers, `array` reads an array of weights. */
export function kernelCall(kernel: Kernel, names: UnitNames, array: (key: string) => Code): Code {
  const parameters: Code[] = [
    ...kernel.inputs.map(({ kind, name }) => (kind === "input" ? code`x, xStart` : trustedText(name))),
    kernel.output.kind === "output" ? code`y, yStart` : trustedText(kernel.output.name),
    ...(kernel.sums !== undefined && hasOwnSums(kernel) ? [trustedText(kernel.sums.name)] : []),
    ...weightBuffers(kernel).map((buffer) => array(arrayKey(buffer))),
    ...kernelDims(kernel).map((dim) => code`${names.dimNames.get(dim) as Identifier}`),
  ];
  return code`${names.kernels.get(kernel) as Identifier}(${join(parameters, ", ")});`;
}
