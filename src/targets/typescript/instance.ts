import { scratchSizes } from "../../lower/graph-to-loops.ts";
import { elementCount } from "../../ir/shape.ts";
import { forEachStatement } from "../../ir/visit-statements.ts";
import { isStatic, type Size } from "../../ir/size.ts";
import type { ModelUnit } from "../model-unit.ts";
import { unitArrays } from "./arrays.ts";
import type { BackendCode } from "./backend.ts";
import {
  code,
  docComment,
  empty,
  exported,
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
import { createDoc } from "./model-docs.ts";
import { allOrNothing, busyFlag, reentrant } from "./reentry.ts";
import { dimsAreInferred, givenWeights } from "./public-types.ts";
import { largestSizeCode, sizeCode } from "./size-code.ts";
import { storageFunctions } from "./storage-functions.ts";
import type { Support } from "./support-function.ts";
import type { UnitNames } from "./names.ts";
import { arrayKey } from "./unit-names.ts";

/** `createDigits`: scratch memory, `run` with a call per kernel, and the two methods that check lengths. */
export function createFunction(
  unit: ModelUnit,
  names: UnitNames,
  support: Support,
  backend: BackendCode | undefined,
): Code {
  const inline = unit.binding.kind === "inline";
  const hasArrays = unitArrays(unit).length > 0;
  const doc = inline ? docComment([`Makes ${unit.name} with its scratch memory.`]) : createDoc(unit);
  const start = inline ? empty : exported;
  const parameter = inline ? empty : code`weights${types`: ${givenWeights(names)}`}`;
  // Arrays of any numbers are copied alike.
  const given = code`weights${names.trained === undefined ? empty : types` as ${names.weights}`}`;
  const arrays = hasArrays && !isPrepared(unit) ? code`const arrays = ${names.arrays}(${given});\n` : empty;

  return code`${doc}${start}function ${names.create}(${parameter})${types`: ${names.type}`} {
${backend === undefined ? scratch(unit) : empty}${arrays}
${runFunction(unit, names, support, backend)}

return {
${forward(unit, names, support)}
${forwardBatch(unit, names, support)}
};
}`;
}

interface ScratchBuffer {
  readonly name: Identifier;
  /** What `name` was when a call began. */
  readonly before: Identifier;
  readonly sizes: readonly Size[];
  /** Whether its size depends on a run-time dim: it grows when a call needs more. */
  readonly grows: boolean;
}

function scratchBuffers({ program }: ModelUnit): readonly ScratchBuffer[] {
  // Samples come in chunks of a known size.
  const grows = (size: Size): boolean => size.dims.some((dim) => dim !== program.batch?.dim);
  return [...scratchSizes(program)].map(([name, sizes]) => ({
    name: identifier(name),
    before: identifier(`${name}Before`),
    sizes,
    grows: sizes.some(grows),
  }));
}

/** Declares the scratch buffers. */
function scratch(unit: ModelUnit): Code {
  const { batch } = unit.program;
  const lines = scratchBuffers(unit).map(({ name, sizes, grows }) => {
    if (grows) return code`let ${name} = new Float64Array(0);\n`;
    const length = sizes.reduce((sum, { factor }) => Math.max(sum, factor), 0);
    const isOfSamples = sizes.some(({ dims }) => dims.length > 0);
    const samples = batch === undefined || !isOfSamples ? empty : code`${batch.chunk} * `;
    return code`const ${name} = new Float64Array(${samples}${length});\n`;
  });
  return join(lines.length === 0 ? [] : [...lines, busyFlag], "");
}

/** The kernels one after the other; scratch memory is what it was when one of them reads an input that makes another call. */
function kernelCalls(buffers: readonly ScratchBuffer[], calls: Code): Code {
  if (buffers.length === 0) return calls;
  const copies = buffers.map(({ name }) => code`${name}.slice()`);
  const filled = buffers.map(({ name }, at) => code`${name}.set(kept[${at}]${types`!`});`);
  const growing = buffers.filter(({ grows }) => grows);
  const remembered = growing.map(({ name, before }) => code`const ${before} = ${name};\n`);
  const restored = growing.map(({ name, before }) => code`${name} = ${before};`);
  const putBack = code`{\n${join([...restored, ...filled], "\n")}\n}`;
  return code`${remembered}${reentrant(calls, { keep: code`[${join(copies, ", ")}]`, putBack })}`;
}

/** Whether an index that a call brings may be refused while its result is being written. */
function looksUp({ program }: ModelUnit): boolean {
  let found = false;
  for (const { body } of program.kernels) {
    forEachStatement(body, (statement) => (found ||= statement.kind === "lookup" && statement.what !== undefined));
  }
  return found;
}

function runFunction(unit: ModelUnit, names: UnitNames, support: Support, backend: BackendCode | undefined): Code {
  const dims = unit.program.dims.map((dim) => names.dimNames.get(dim) as Identifier);
  const dimParameters = dims.map((dim) => code`, ${dim}${types`: number`}`);
  const buffers = scratchBuffers(unit);
  const grow = buffers.flatMap(({ name, sizes, grows }) => {
    if (!grows) return [];
    const size = largestSizeCode(sizes, names);
    return [code`if (${name}.length < ${size}) ${name} = new Float64Array(${size});\n`];
  });
  const calls = unit.program.kernels.map((kernel) =>
    kernelCall(kernel, names, (key) => code`arrays.${names.arrayNames.get(key) as Identifier}`),
  );
  const parameters = code`x${types`: ArrayLike<number>`}, xStart${types`: number`}, y${types`: Float32Array`}, yStart${types`: number`}${dimParameters}`;
  const body = kernelCalls(buffers, code`${grow}${join(calls, "\n")}`);
  if (!isPrepared(unit)) return code`function run(${parameters})${types`: void`} {\n${body}\n}`;
  // V8 reads arrays that never change without looking at them again, 15 % faster than arrays set at the first call.
  const bringsWeights = unit.binding.kind !== "inline";
  const doc = `${bringsWeights ? "Packs" : "Decodes"} the weights, once, and gives the function that runs the kernels.`;
  const hasArrays = unitArrays(unit).length > 0;
  const unpack = backend === undefined ? empty : unpacking(unit, names, support);
  const local = unpack === empty ? code`arrays` : code`packed`;
  const arrays = hasArrays
    ? code`const ${local} = ${names.arrays}(${bringsWeights ? code`weights` : empty});\n`
    : empty;
  if (backend !== undefined && unit.backend?.waits !== undefined) {
    const [doc, prepared] = [
      `${bringsWeights ? "Packs" : "Decodes"} the weights, once, for the loops and for what takes over.`,
      code`prepared${types`: ReturnType<typeof prepare> | undefined`}`,
    ];
    return code`${docComment([doc])}function prepare() {
${arrays}${unpack}${scratch(unit)}const loops = (${parameters})${types`: void`} => {
${body}
};
const start = () => {
${backend.start(hasArrays ? local : empty)}return loops;
};
return { loops, start };
}
let ${prepared}${bringsWeights ? code` = prepare()` : empty};
let run${types`: ReturnType<typeof prepare>["loops"] | undefined`};
let samplesLeft = ${unit.backend.waits};

${docComment([
  `The loops for the first samples, then ${unit.backend.title}: to compile it takes`,
  "as long as it saves on so many.",
])}function choose(samples${types`: number`}) {
prepared ??= prepare();
samplesLeft -= samples;
if (samplesLeft > 0 && ${backend.isUncompiled}) return prepared.loops;
run = prepared.start();
prepared = undefined;
return run;
}`;
  }
  const before =
    backend === undefined ? empty : code`${backend.start(hasArrays ? local : empty)}${unpack}${scratch(unit)}`;
  const start = bringsWeights
    ? code`const run = prepare();`
    : code`let run${types`: ReturnType<typeof prepare> | undefined`};`;
  return code`${docComment([doc])}function prepare() {
${arrays}${before}return (${parameters})${types`: void`} => {
${body}
};
}
${start}`;
}

/** Loops that stand in for a backend read float32 numbers where that reads packed ones. */
function unpacking(unit: ModelUnit, names: UnitNames, support: Support): Code {
  const unpacked = unitArrays(unit).flatMap((buffer) => {
    const { precision } = buffer.weight;
    if (precision === undefined) return [];
    const name = names.arrayNames.get(arrayKey(buffer)) as Identifier;
    return [code`${name}: ${support(storageFunctions[precision].unpack)}(packed.${name}),`];
  });
  return unpacked.length === 0 ? empty : code`const arrays = { ...packed,\n${join(unpacked, "\n")}\n};\n`;
}

/** Whether something is done once before the kernels run: arrays decoded, a backend started. */
function isPrepared(unit: ModelUnit): boolean {
  return unit.backend !== undefined || (unit.binding.kind === "inline" && unitArrays(unit).length > 0);
}

/** A model whose weights are in the module does that at its first call; one that waits chooses what runs so many samples. */
function runner(unit: ModelUnit, samples = code`1`): Code {
  if (unit.backend?.waits !== undefined) return code`(run ?? choose(${samples}))`;
  return isPrepared(unit) && unit.binding.kind === "inline" ? code`(run ??= prepare())` : code`run`;
}

/** Lengths are read as optional although typed as present: what JavaScript leaves out is reported like a wrong length. */
function forward(unit: ModelUnit, names: UnitNames, support: Support): Code {
  const inputSize = sizeCode(elementCount(unit.inputShape), names);
  const outputSize = sizeCode(elementCount(unit.outputShape), names);
  const inferred = dimsAreInferred(unit);
  const check = (what: string, found: Code, expected: Code): Code =>
    code`${support("checkLength")}(${quoted(`${unit.name}: ${what}`)}, ${found}, ${expected});\n`;
  const runInto = (result: Code): Code =>
    code`${runner(unit)}(input, 0, ${result}, 0${unit.program.batch === undefined ? dimArguments(unit, names) : code`, 1`});`;
  const run = looksUp(unit) ? allOrNothing(runInto) : code`${runInto(code`result`)}\nreturn result;`;

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
  const { batch } = unit.program;
  const dims = unit.dims.length === 0 ? empty : givenDims(unit, names, support);
  const parameter = unit.dims.length === 0 ? empty : code`, dims`;
  const times = (size: Size, factor: string): Code =>
    isStatic(size) && size.factor === 1
      ? trustedText(factor)
      : code`${trustedText(factor)} * ${sizeInProduct(size, names)}`;
  const waits = unit.backend?.waits !== undefined;
  const chosen = waits ? code`const chosen = ${runner(unit, code`samples`)};\n` : empty;
  const runInto = (result: Code): Code =>
    code`${chosen}for (let n = 0; n < samples; ${batch === undefined ? code`n++` : code`n += ${batch.chunk}`}) {
${waits ? code`chosen` : runner(unit)}(inputs, ${times(inputSize, "n")}, ${result}, ${times(outputSize, "n")}${batch === undefined ? dimArguments(unit, names) : code`, Math.min(${batch.chunk}, samples - n)`});
}`;
  return code`forwardBatch(inputs, output${parameter}) {
${dims}const samples = ${support("countSamples")}(${quoted(unit.name)}, inputs?.length, ${sizeCode(inputSize, names)});
const result = output ?? new Float32Array(${times(outputSize, "samples")});
${support("checkLength")}(${quoted(`${unit.name}: output`)}, result.length, ${times(outputSize, "samples")});
${looksUp(unit) ? allOrNothing(runInto) : code`${runInto(code`result`)}\nreturn result;`}
},`;
}

function dimArguments(unit: ModelUnit, names: UnitNames): Code {
  return join(
    unit.dims.map((dim) => code`, ${names.dimNames.get(dim) as Identifier}`),
    "",
  );
}

function sizeInProduct(size: Size, names: UnitNames): Code {
  const simple = isStatic(size) || (size.factor === 1 && size.dims.length === 1);
  return simple ? sizeCode(size, names) : code`(${sizeCode(size, names)})`;
}
