import type { Size } from "../../ir/size.ts";
import { elementCount } from "../../ir/shape.ts";
import { weightKey } from "../../ir/weight-arrays.ts";
import type { WasmModules } from "./assemble.ts";
import { fewestMany } from "../../vectors/all-samples.ts";
import { pageBytes } from "./memory-layout.ts";
import { backendReasons, compileWasm, wasmSupport } from "./support.ts";
import { wasmCode } from "./wasm-code.ts";
import type { ModelUnit } from "../model-unit.ts";
import { isRounded, longString, unitArrays } from "../typescript/arrays.ts";
import type { Backend, BackendContext } from "../typescript/backend.ts";
import { bytesToBase64 } from "../typescript/base64.ts";
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
} from "../typescript/code.ts";
import type { UnitNames } from "../typescript/names.ts";
import { largestSizeCode, sizeCode } from "../typescript/size-code.ts";
import { busyFlag, reentrant } from "../typescript/reentry.ts";
import type { Support } from "../typescript/support-function.ts";
import { arrayKey } from "../typescript/unit-names.ts";

/** A model that is compiled to WebAssembly as well. */
type WasmUnit = ModelUnit & { readonly wasm: WasmModules };

/** The WebAssembly of a model as a part of its module. */
export function wasmBackend(unit: ModelUnit, wasm: WasmModules, waits?: number): Backend {
  return {
    title: "WebAssembly",
    arithmetic: "float32, in SIMD WebAssembly",
    otherwise: waits === undefined ? "Where WebAssembly can't run" : "At first, and where WebAssembly can't run",
    ...(waits === undefined ? {} : { waits }),
    bytes: wasm.relaxed.bytes.length + wasm.plain.bytes.length,
    support: wasmSupport,
    print(context) {
      const names = runnerNames(unit, context);
      return {
        sections: runner({ ...unit, wasm }, names, context),
        start: (arrays) => code`const wasm = ${names.run}(${arrays});\nif (wasm !== undefined) return wasm;\n`,
        info: {
          value: code`get backend()${types`: ${backends}`} {\nreturn ${names.compile}().backend;\n},
get backendReason()${types`: ${reasons}`} {\nreturn ${names.compile}().backendReason;\n}`,
          type: code`readonly backend: ${backends}; readonly backendReason: ${reasons}`,
        },
        compile: code`${names.compile}()`,
        isUncompiled: code`${names.compiled} === undefined`,
        isDamaged: code`${names.compile}().backendReason === "damaged"`,
      };
    },
  };
}

const backends = code`"wasm-relaxed-simd" | "wasm-simd" | "typescript"`;

const reasons = code`${backendReasons} | undefined`;

interface RunnerNames {
  readonly code: Identifier;
  readonly compiled: Identifier;
  readonly compile: Identifier;
  readonly run: Identifier;
}

function runnerNames({ exportName }: ModelUnit, { fresh }: BackendContext): RunnerNames {
  return {
    code: fresh(`${exportName}Code`),
    compiled: fresh(`${exportName}Compiled`),
    compile: fresh(`${exportName}Kernels`),
    run: fresh(`${exportName}Wasm`),
  };
}

/** The compressed kernels, the function that compiles them once, and the one that runs them on a model's arrays. */
function runner(unit: WasmUnit, wasm: RunnerNames, { names, support, preformatted }: BackendContext): readonly Code[] {
  const { text, relaxedLength, plainLength, sum } = wasmCode(unit.wasm, bytesToBase64);
  const constant = trustedText(preformatted.add(longString(wasm.code.text, text)));
  return [
    code`${docComment([
      `${unit.name}'s kernels as WebAssembly: ${relaxedLength} bytes with relaxed SIMD, ${plainLength} with SIMD, LZ4 as base64`,
    ])}${constant}`,
    code`let ${wasm.compiled}${types`: ReturnType<typeof ${support(compileWasm)}> | undefined`};`,
    code`${docComment(["Compiles the kernels, once: what the runtime has instructions for and allows."])}function ${wasm.compile}() {
return (${wasm.compiled} ??= ${support(compileWasm)}(${wasm.code}, ${relaxedLength}, ${plainLength}, ${sum}));
}`,
    runFunction(unit, wasm, names, support),
  ];
}

/** Copies the arrays into the memory of an instance; a call copies inputs in and outputs out. */
function runFunction(unit: WasmUnit, wasm: RunnerNames, names: UnitNames, support: Support): Code {
  const { layout } = unit.wasm;
  const dims = unit.program.dims.map((dim) => names.dimNames.get(dim) as Identifier);
  const typed = join(
    dims.map((dim) => code`, ${dim}${types`: number`}`),
    "",
  );
  const hasArrays = unitArrays(unit).length > 0;
  const parameter = hasArrays ? code`arrays${types`: ReturnType<typeof ${names.arrays}>`}` : empty;
  const runner = types`: ((x: ArrayLike<number>, xStart: number, y: Float32Array, yStart: number${typed}) => void) | undefined`;
  const dynamic = layout.buffers === undefined;
  const start = code`${layout.dataStart / 4}`;
  const body = reentrant(dynamic ? growingBody(unit, names, support) : staticBody(unit, names, support), {
    keep: code`data.slice(${start})`,
    putBack: code`data.set(kept, ${start});`,
  });
  return code`${docComment([
    `Runs ${unit.name} on WebAssembly, the weights in its memory; nothing where the`,
    "runtime has no SIMD or does not allow compilation.",
  ])}function ${wasm.run}(${parameter})${runner} {
const wasm = ${wasm.compile}().start?.();
if (wasm === undefined) return undefined;
const { memory, ${exportsUsed(unit)} } = wasm;
${trustedText(dynamic ? "let" : "const")} data = new Float32Array(memory.buffer);
${resultView(unit)}${busyFlag}${copies(unit, names)}return (x, xStart, y, yStart${join(
    dims.map((dim) => code`, ${dim}`),
    "",
  )}) => {
${body}
};
}`;
}

/** `run`, and `one` of a small model, whose `run` is for batches. */
function exportsUsed({ wasm, program }: WasmUnit): Code {
  if (!wasm.hasOne) return code`run`;
  return program.batch === undefined ? code`one` : code`run, one`;
}

function copies(unit: WasmUnit, names: UnitNames): Code {
  const arrays = unitArrays(unit);
  const lines = [...unit.wasm.layout.weights.values()].flatMap(({ buffer, start, length }) => {
    if (length === 0) return [];
    const key = weightKey(buffer.weight.path);
    const array = arrays.find(({ weight }) => weightKey(weight.path) === key);
    if (array === undefined) throw new Error(`no array for '${key}'`);
    const words = isRounded(array) || array.weight.integers !== undefined;
    const memory = words ? code`new Uint32Array(memory.buffer)` : code`data`;
    return code`${memory}.set(arrays.${names.arrayNames.get(arrayKey(array)) as Identifier}, ${start / 4});\n`;
  });
  return join(lines, "");
}

/** Numbers of a result from which on one copy of memory is faster than a loop. */
const manyNumbers = 256;

/** Whether a view of the result of one sample is kept, to copy it at once: a view that every call makes would be an object. */
function hasView({ wasm, outputShape }: WasmUnit): boolean {
  return wasm.layout.buffers !== undefined && elementCount(outputShape).factor >= manyNumbers;
}

/** That view. */
function resultView(unit: WasmUnit): Code {
  if (!hasView(unit)) return empty;
  const start = (unit.wasm.layout.buffers?.get("y") as number) / 4;
  return code`const result = data.subarray(${start}, ${start + elementCount(unit.outputShape).factor});\n`;
}

/** All addresses are known. */
function staticBody(unit: WasmUnit, names: UnitNames, support: Support): Code {
  const { buffers } = unit.wasm.layout;
  const samples = names.dimNames.get(unit.program.batch?.dim ?? "");
  const count = (size: Size): Code => {
    if (samples === undefined) return code`${size.factor}`;
    return size.factor === 1 ? code`${samples}` : code`${samples} * ${size.factor}`;
  };
  const at = (name: string): number => (buffers?.get(name) as number) / 4;
  const inputs = elementCount(unit.inputShape);
  const copyOne = copyIn(unit, support, count(inputs), code`${at("x")}`);
  // One copy of memory beats a loop, where no part of an array has to be cut out for it.
  const copied =
    unit.wasm.looksInputsUp || (inputs.factor < fewNumbers && samples === undefined)
      ? copyOne
      : code`if (x.length === ${count(inputs)}) data.set(x, ${at("x")});\nelse ${copyOne}`;
  const outputs = elementCount(unit.outputShape);
  const copyAll = copyOut(count(outputs), code`${at("y")}`);
  const copyView = (from: Code): Code => code`y.set(result, ${from});`;
  const single =
    samples === undefined
      ? copyView(code`yStart`)
      : code`if (${samples} === 1) ${copyView(code`yStart`)}\nelse ${copyAll}`;
  const all = code`${copied}
${call(unit, support, samples === undefined ? code`1` : code`${samples}`)}
${hasView(unit) ? single : copyAll}`;
  if (!unit.wasm.hasOne) return all;
  const start = (name: string, { factor }: Size): Code =>
    samples === undefined ? trustedText(name) : code`${trustedText(name)} + n * ${factor}`;
  const oneSample = code`${copyIn(unit, support, code`${inputs.factor}`, code`${at("x")}`, start("xStart", inputs))}
one();
${hasView(unit) ? copyView(start("yStart", outputs)) : copyOut(code`${outputs.factor}`, code`${at("y")}`, start("yStart", outputs))}`;
  if (samples === undefined) return oneSample;
  return code`if (${samples} >= ${fewestMany}) {\n${all}\nreturn;\n}
for (let n = 0; n < ${samples}; n++) {\n${oneSample}\n}`;
}

/** Data buffers lie one after the other behind the weights, for the dims of the call. */
function growingBody(unit: WasmUnit, names: UnitNames, support: Support): Code {
  const { dataStart, sampleBytes } = unit.wasm.layout;
  const addresses = sampleBytes.map(({ name }) => identifier(`${name}Address`));
  const ends = sampleBytes.map(({ sizes }, at) => {
    const bytes = largestSizeCode(sizes, names);
    // Room for reads that run over the end, and up to the next vector.
    return code`${addresses[at] as Identifier} + Math.ceil((${bytes} + 16) / 16) * 16`;
  });
  const declarations = addresses.map((address, at) =>
    at === 0 ? code`const ${address} = ${dataStart};` : code`const ${address} = ${ends[at - 1] as Code};`,
  );
  const dims = unit.program.dims.map((dim) => code`${names.dimNames.get(dim) as Identifier}`);
  const input = addresses[0] as Identifier;
  const output = addresses[sampleBytes.findIndex(({ name }) => name === "y")] as Identifier;
  const parameters = join([code`1`, ...dims, ...addresses.map((address) => code`${address}`)], ", ");
  return code`${join(declarations, "\n")}
const missing = ${ends.at(-1) as Code} - memory.buffer.byteLength;
if (missing > 0) {
memory.grow(Math.ceil(missing / ${pageBytes}));
data = new Float32Array(memory.buffer);
}
${copyIn(unit, support, sizeCode(elementCount(unit.inputShape), names), code`${input} / 4`)}
${call(unit, support, parameters)}
${copyOut(sizeCode(elementCount(unit.outputShape), names), code`${output} / 4`)}`;
}

/** Below this, a loop is as fast as the call that copies memory. */
const fewNumbers = 32;

/** Inputs that are indices are checked before float32 makes whole numbers of some. */
function copyIn(unit: WasmUnit, support: Support, count: Code, at: Code, start = code`xStart`): Code {
  const value = code`x[${start} + i]${types`!`}`;
  const [lookup] = unit.wasm.lookups;
  const checked =
    unit.wasm.looksInputsUp && lookup !== undefined
      ? code`${support("checkIndex")}(${quoted(`${unit.name}: ${lookup.what}`)}, ${value}, ${lookup.size})`
      : value;
  return code`for (let i = 0; i < ${count}; i++) data[${at} + i] = ${checked};`;
}

function copyOut(count: Code, at: Code, start = code`yStart`): Code {
  return code`for (let i = 0; i < ${count}; i++) y[${start} + i] = data[${at} + i]${types`!`};`;
}

/** The call, with the error that a lookup gives. */
function call(unit: WasmUnit, support: Support, parameters: Code): Code {
  const { lookups } = unit.wasm;
  if (lookups.length === 0) return code`run(${parameters});`;
  const refused = lookups.map(
    ({ what, size }, at) =>
      code`if (failed === ${at + 1}) ${support("checkIndex")}(${quoted(`${unit.name}: ${what}`)}, data[0]${types`!`}, ${size});\n`,
  );
  return code`const failed = run(${parameters});
${join(refused, "")}`;
}
