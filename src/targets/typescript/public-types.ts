import { formatShape, type Shape } from "../../ir/shape.ts";
import { isStatic } from "../../ir/size.ts";
import type { ModelUnit } from "../model-unit.ts";
import { code, docComment, join, trustedText, type Code } from "./code.ts";
import { propertyKey } from "./info.ts";
import { modelDoc } from "./model-docs.ts";
import type { UnitNames } from "./names.ts";
import { weightsInterface } from "./weight-tree.ts";

/** Whether `forward` can tell every run-time dim from the length of its input. */
export function dimsAreInferred(unit: Pick<ModelUnit, "dims" | "inputShape">): boolean {
  if (unit.dims.length === 0) return true;
  return unit.dims.length === 1 && unit.inputShape.flatMap((size) => size.dims).length === 1;
}

/** The type of what `create<Model>` makes a model from: arrays as they are read from a file, or those of a trainer. */
export function givenWeights({ weights, trained }: UnitNames): Code {
  return trained === undefined ? code`${weights}` : code`${weights} | ${trained}`;
}

/** The types that a module exports for one model; part of the `.ts` file and of the `.d.ts` file. */
export function publicTypes(unit: ModelUnit, names: UnitNames): Code {
  return join(
    [
      arrayType(unit, names, "input"),
      arrayType(unit, names, "output"),
      ...(unit.dims.length > 0 ? [dimsType(unit, names)] : []),
      ...(unit.binding.kind === "inline" ? [] : [weightsType(unit, names)]),
      modelType(unit, names),
    ],
    "\n\n",
  );
}

function arrayType(unit: ModelUnit, names: UnitNames, side: "input" | "output"): Code {
  const shape = side === "input" ? unit.inputShape : unit.outputShape;
  const base = side === "input" ? "ArrayLike<number>" : "Float32Array";
  const what = side === "input" ? "One sample for" : "The result of";
  const layout = shape.length > 1 ? ", row-major" : "";
  return code`${docComment([`${what} ${unit.name}: ${formatShape(shape)}${layout}.`])}export type ${names[side]} = ${trustedText(base)} & { readonly __shape?: ${shapeType(shape)} };`;
}

function shapeType(shape: Shape): Code {
  const axes = shape.map((size) => (isStatic(size) ? code`${size.factor}` : code`number`));
  return code`readonly [${join(axes, ", ")}]`;
}

function dimsType(unit: ModelUnit, names: UnitNames): Code {
  const properties = unit.dims.map((dim) => code`readonly ${propertyKey(dim)}: number;`);
  return code`${docComment([`Sizes of ${unit.name} that are known only at run time.`])}export interface ${names.dims} {\n${join(properties, "\n")}\n}`;
}

function weightsType(unit: ModelUnit, names: UnitNames): Code {
  return code`${docComment([`The trained arrays of ${unit.name}, row-major.`])}export interface ${names.weights} ${weightsInterface(unit.weights, code`Float32Array`)}`;
}

function modelType(unit: ModelUnit, names: UnitNames): Code {
  const input = formatShape(unit.inputShape);
  const output = formatShape(unit.outputShape);
  const batch = (shape: string): string => (shape === "[]" ? "[n]" : `[n, ${shape.slice(1)}`);
  const inferred = dimsAreInferred(unit);
  const forwardOutput = inferred
    ? code`output?: Float32Array`
    : code`output: Float32Array | undefined, dims: ${names.dims}`;
  const batchOutput =
    unit.dims.length === 0 ? code`output?: Float32Array` : code`output: Float32Array | undefined, dims: ${names.dims}`;
  const forwardDoc = [
    `One sample: ${input} -> ${output}. Writes into \`output\` when given and returns it;`,
    "allocates otherwise. `output` must not share memory with the input.",
  ];
  const batchDoc = [
    `Any number of samples, one after the other: ${batch(input)} -> ${batch(output)}.`,
    "`output` must not share memory with the inputs.",
  ];
  return code`${modelDoc(unit)}export interface ${names.type} {
${docComment(forwardDoc)}forward(input: ${names.input}, ${forwardOutput}): ${names.output};
${docComment(batchDoc)}forwardBatch(inputs: ArrayLike<number>, ${batchOutput}): Float32Array;
}`;
}
