import { scratchSizes } from "../../lower/graph-to-loops.ts";
import { elementCount } from "../../ir/shape.ts";
import { isStatic, type Size } from "../../ir/size.ts";
import type { ModelUnit } from "../model-unit.ts";
import { unitArrays } from "./arrays.ts";
import {
  code,
  docComment,
  empty,
  identifier,
  join,
  quoted,
  trustedText,
  types,
  type Code,
  type Identifier,
} from "./code.ts";
import { optionalAccess } from "./info.ts";
import { kernelCall } from "./kernel-function.ts";
import { printSize } from "./print-value.ts";
import { dimsAreInferred } from "./public-types.ts";
import type { Support } from "./support.ts";
import type { UnitNames } from "./unit-names.ts";

/** `createDigits`: scratch memory, `run` with a call per kernel, and the two methods that check lengths. */
export function createFunction(unit: ModelUnit, names: UnitNames, support: Support): Code {
  const inline = unit.binding.kind === "inline";
  const hasArrays = unitArrays(unit).length > 0;
  const doc = inline
    ? `Makes ${unit.name} with its scratch memory.`
    : `Makes ${unit.name} from its trained arrays, which are copied.`;
  const exported = inline ? empty : code`export `;
  const parameter = inline ? empty : code`weights${types`: ${names.weights}`}`;
  const decodes = decodesArrays(unit);
  const arrays = hasArrays && !decodes ? code`const arrays = ${names.arrays}(weights);\n` : empty;

  return code`${docComment([doc])}${exported}function ${names.create}(${parameter})${types`: ${names.type}`} {
${scratch(unit)}${arrays}
${runFunction(unit, names, decodes)}

return {
${forward(unit, names, support)}
${forwardBatch(unit, names, support)}
};
}`;
}

/** Scratch buffers; those whose size depends on a run-time dim grow when a call needs more. */
function scratch(unit: ModelUnit): Code {
  const lines = [...scratchSizes(unit.program)].map(([name, sizes]) => {
    const [only] = sizes;
    const fixed = sizes.length === 1 && only !== undefined && isStatic(only);
    return fixed
      ? code`const ${identifier(name)} = new Float64Array(${only.factor});\n`
      : code`let ${identifier(name)} = new Float64Array(0);\n`;
  });
  return join(lines, "");
}

function runFunction(unit: ModelUnit, names: UnitNames, decodes: boolean): Code {
  const dims = unit.dims.map((dim) => names.dimNames.get(dim) as Identifier);
  const dimParameters = dims.map((dim) => code`, ${dim}${types`: number`}`);
  const grow = [...scratchSizes(unit.program)].flatMap(([name, sizes]) => {
    if (sizes.every(isStatic)) return [];
    const buffer = identifier(name);
    const needed = sizes.map((size) => sizeCode(size, names));
    const [only = empty] = needed;
    const size = needed.length === 1 ? only : code`Math.max(${join(needed, ", ")})`;
    return [code`if (${buffer}.length < ${size}) ${buffer} = new Float64Array(${size});\n`];
  });
  const calls = unit.program.kernels.map((kernel) =>
    kernelCall(kernel, names, (key) => code`arrays.${names.arrayNames.get(key) as Identifier}`),
  );
  const parameters = code`x${types`: ArrayLike<number>`}, xStart${types`: number`}, y${types`: Float32Array`}, yStart${types`: number`}${dimParameters}`;
  const body = code`${grow}${join(calls, "\n")}`;
  if (!decodes) return code`function run(${parameters})${types`: void`} {\n${body}\n}`;
  // V8 reads arrays that never change without looking at them again, 15 % faster than arrays set at the first call.
  return code`${docComment(["Decodes the weights, once, and gives the function that runs the kernels."])}function prepare() {
const arrays = ${names.arrays}();
return (${parameters})${types`: void`} => {
${body}
};
}
let run${types`: ReturnType<typeof prepare> | undefined`};`;
}

/** Whether the arrays are text until the first call. */
function decodesArrays(unit: ModelUnit): boolean {
  return unit.binding.kind === "inline" && unitArrays(unit).length > 0;
}

function runner(unit: ModelUnit): Code {
  return decodesArrays(unit) ? code`(run ??= prepare())` : code`run`;
}

/** Lengths are read as optional although typed as present: what JavaScript leaves out is reported like a wrong length. */
function forward(unit: ModelUnit, names: UnitNames, support: Support): Code {
  const inputSize = sizeCode(elementCount(unit.inputShape), names);
  const outputSize = sizeCode(elementCount(unit.outputShape), names);
  const inferred = dimsAreInferred(unit);
  const check = (what: string, found: Code, expected: Code): Code =>
    code`${support("checkLength")}(${quoted(`${unit.name}: ${what}`)}, ${found}, ${expected});\n`;
  const run = code`${runner(unit)}(input, 0, result, 0${dimArguments(unit, names)});\nreturn result;`;

  if (unit.dims.length === 0) {
    return code`forward(input, output) {
const result = output ?? new Float32Array(${outputSize});
${check("input", code`input?.length`, inputSize)}${check("output", code`result.length`, outputSize)}${run}
},`;
  }
  const sizes = inferred
    ? inferredDim(unit, names, support)
    : code`${givenDims(unit, names, support)}${check("input", code`input?.length`, inputSize)}`;
  return code`forward(input, output${inferred ? empty : code`, dims`}) {
${sizes}const result = output ?? new Float32Array(${outputSize});
${check("output", code`result.length`, outputSize)}${run}
},`;
}

function inferredDim(unit: ModelUnit, names: UnitNames, support: Support): Code {
  const dim = unit.dims[0] as string;
  const step = elementCount(unit.inputShape).factor;
  const name = names.dimNames.get(dim) as Identifier;
  return code`const ${name} = ${support("inferDim")}(${quoted(unit.name)}, ${quoted(dim)}, input?.length, ${step});\n`;
}

function givenDims(unit: ModelUnit, names: UnitNames, support: Support): Code {
  const lines = unit.dims.map((dim) => {
    const name = names.dimNames.get(dim) as Identifier;
    return code`const ${name} = ${support("checkDim")}(${quoted(unit.name)}, ${quoted(dim)}, dims${optionalAccess(dim)});\n`;
  });
  return join(lines, "");
}

function forwardBatch(unit: ModelUnit, names: UnitNames, support: Support): Code {
  const inputSize = elementCount(unit.inputShape);
  const outputSize = elementCount(unit.outputShape);
  const dims = unit.dims.length === 0 ? empty : givenDims(unit, names, support);
  const parameter = unit.dims.length === 0 ? empty : code`, dims`;
  const times = (size: Size, factor: string): Code =>
    isStatic(size) && size.factor === 1
      ? trustedText(factor)
      : code`${trustedText(factor)} * ${sizeInProduct(size, names)}`;
  return code`forwardBatch(inputs, output${parameter}) {
${dims}const samples = ${support("countSamples")}(${quoted(unit.name)}, inputs?.length, ${sizeCode(inputSize, names)});
const result = output ?? new Float32Array(${times(outputSize, "samples")});
${support("checkLength")}(${quoted(`${unit.name}: output`)}, result.length, ${times(outputSize, "samples")});
for (let n = 0; n < samples; n++) {
${runner(unit)}(inputs, ${times(inputSize, "n")}, result, ${times(outputSize, "n")}${dimArguments(unit, names)});
}
return result;
},`;
}

function dimArguments(unit: ModelUnit, names: UnitNames): Code {
  return join(
    unit.dims.map((dim) => code`, ${names.dimNames.get(dim) as Identifier}`),
    "",
  );
}

function sizeCode(size: Size, names: UnitNames): Code {
  return trustedText(printSize(size, { dim: (dim) => (names.dimNames.get(dim) as Identifier).text }));
}

function sizeInProduct(size: Size, names: UnitNames): Code {
  const simple = isStatic(size) || (size.factor === 1 && size.dims.length === 1);
  return simple ? sizeCode(size, names) : code`(${sizeCode(size, names)})`;
}
