import { code, type Code, type Identifier, types } from "./code.ts";
import { safetensorsReader } from "./safetensors-reader.ts";

/** Functions of generated modules that depend on no model; a module holds those it uses. */
export const supportNames = [
  "checkLength",
  "countSamples",
  "inferDim",
  "checkDim",
  "checkIndex",
  "compileWasm",
  "decodeLz4",
  "decodeBase64",
  "copyArray",
  "packPanels",
  "packBfloat16",
  "unpackBfloat16",
  "roundBfloat16",
  "readSafetensors",
  "readMixedSafetensors",
  "widenBfloat16",
] as const;

export type SupportName = (typeof supportNames)[number];

/** The module's names for the support functions; taking one puts it into the module. */
export type Support = (name: SupportName) => Identifier;

/** The text of a support function under the name that the module has for it. */
export function supportFunction(name: SupportName, self: Identifier, support: Support): Code {
  return functions[name](self, support);
}

/** What a model's kernels export. Types are written in place: a name of their own might be that of a model. */
const wasmExports = code`{
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  run(...parameters: number[]): number;
  /** For one sample; small models have it. */
  one(): void;
}`;

/** Typed here, for not every project has the types of a browser. */
const wasmGlobal = code`{
  readonly WebAssembly: {
    validate(bytes: Uint8Array): boolean;
    Module: new (bytes: Uint8Array) => object;
    Instance: new (module: object) => { readonly exports: ${wasmExports} };
  };
}`;

const functions: Readonly<Record<SupportName, (self: Identifier, support: Support) => Code>> = {
  checkLength: (self) => code`/** Throws unless an array has the length its shape asks for. */
function ${self}(what${types`: string`}, found${types`: number | undefined`}, expected${types`: number`})${types`: void`} {
  if (found !== expected) {
    throw new RangeError(
      \`\${what} has \${found ?? "no"} values, expected \${expected}\`,
    );
  }
}`,

  countSamples: (
    self,
  ) => code`/** The number of samples of \`size\` values in a batch; zero is fine, a part of a sample is not. */
function ${self}(model${types`: string`}, values${types`: number | undefined`}, size${types`: number`})${types`: number`} {
  const samples = values === 0 ? 0 : (values ?? NaN) / size;
  if (!Number.isInteger(samples)) {
    const expected = size === 0 ? "0: a sample is empty" : \`a multiple of \${size}\`;
    throw new RangeError(
      \`\${model}: inputs has \${values ?? "no"} values, expected \${expected}\`,
    );
  }
  return samples;
}`,

  inferDim: (
    self,
  ) => code`/** The run-time dim of a sample of \`values\` values, of which each step of the dim takes \`size\`. */
function ${self}(model${types`: string`}, dim${types`: string`}, values${types`: number | undefined`}, size${types`: number`})${types`: number`} {
  if (values === undefined || values % size !== 0) {
    throw new RangeError(
      \`\${model}: input has \${values ?? "no"} values, expected a multiple of \${size} ('\${dim}' steps)\`,
    );
  }
  return values / size;
}`,

  checkDim: (self) => code`/** Throws unless a run-time dim is a whole number. */
function ${self}(model${types`: string`}, dim${types`: string`}, value${types`: number | undefined`})${types`: number`} {
  if (value === undefined || !Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(\`\${model}: dims.\${dim} is \${value}, expected a whole number\`);
  }
  return value;
}`,

  checkIndex: (self) => code`/** An index from data; throws unless it is a whole number from 0 to \`size\` - 1. */
function ${self}(what${types`: string`}, value${types`: number`}, size${types`: number`})${types`: number`} {
  if (!Number.isInteger(value) || value < 0 || value >= size) {
    throw new RangeError(
      \`\${what} holds \${value}, expected an index: a whole number from 0 to \${size - 1}\`,
    );
  }
  return value;
}`,

  compileWasm: (self, support) => code`/**
 * Compiles the first of two modules that the runtime has the instructions for;
 * neither where it lacks WebAssembly or a policy forbids it. \`start\` makes an
 * instance, unless there is no memory left.
 */
function ${self}(text${types`: string`}, relaxed${types`: number`}, plain${types`: number`})${types`: {
  readonly backend: "wasm-relaxed-simd" | "wasm-simd" | "typescript";
  readonly start?: () => ${wasmExports} | undefined;
}`} {
  const bytes = ${support("decodeLz4")}(${support("decodeBase64")}(text), relaxed + plain);
  try {
    const { WebAssembly: wasm } = globalThis${types` as unknown as ${wasmGlobal}`};
    const isRelaxed = wasm.validate(bytes.subarray(0, relaxed));
    const module = new wasm.Module(isRelaxed ? bytes.subarray(0, relaxed) : bytes.subarray(relaxed));
    const start = () => {
      try {
        return new wasm.Instance(module).exports;
      } catch {
        return undefined;
      }
    };
    return { backend: isRelaxed ? "wasm-relaxed-simd" : "wasm-simd", start };
  } catch {
    return { backend: "typescript" };
  }
}`,

  decodeLz4: (self) => code`/** The \`size\` bytes of an LZ4 block: literals, and repetitions of what came before. */
function ${self}(block${types`: Uint8Array`}, size${types`: number`})${types`: Uint8Array`} {
  const bytes = new Uint8Array(size);
  let at = 0;
  let from = 0;
  const length = (short${types`: number`})${types`: number`} => {
    let sum = short;
    if (short === 15) {
      let more;
      do {
        more = block[from++]${types`!`};
        sum += more;
      } while (more === 255);
    }
    return sum;
  };
  while (at < size) {
    const token = block[from++]${types`!`};
    for (let literals = length(token >> 4); literals > 0; literals--) bytes[at++] = block[from++]${types`!`};
    if (at === size) break;
    const distance = block[from]${types`!`} | (block[from + 1]${types`!`} << 8);
    from += 2;
    for (let repeated = length(token & 15) + 4; repeated > 0; repeated--, at++) bytes[at] = bytes[at - distance]${types`!`};
  }
  return bytes;
}`,

  decodeBase64: (self) => code`/** Bytes from base64 without padding. Done by hand: audio worklets have no \`atob\`. */
function ${self}(text${types`: string`})${types`: Uint8Array`} {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const values = new Uint8Array(128);
  for (let i = 0; i < 64; i++) values[digits.charCodeAt(i)] = i;
  const bytes = new Uint8Array(Math.floor(text.length * 0.75));
  for (let at = 0, byte = 0; at < text.length; at += 4) {
    const bits =
      (values[text.charCodeAt(at)]${types`!`} << 18) |
      (values[text.charCodeAt(at + 1)]${types`!`} << 12) |
      (values[text.charCodeAt(at + 2)]${types`!`} << 6) |
      values[text.charCodeAt(at + 3)]${types`!`};
    bytes[byte++] = bits >> 16;
    bytes[byte++] = bits >> 8;
    bytes[byte++] = bits;
  }
  return bytes;
}`,

  copyArray: (self) => code`/** A copy of an array of weights, checked for its length. */
function ${self}(what${types`: string`}, values${types`: Float32Array | undefined`}, length${types`: number`})${types`: Float32Array`} {
  if (values?.length !== length) {
    throw new RangeError(
      \`\${what} has \${values?.length ?? "no"} values, expected \${length}\`,
    );
  }
  return Float32Array.from(values);
}`,

  packPanels: (self) => code`/**
 * Reorders a kernel [inputs, units] into panels of \`width\` units, each read
 * from front to back: all units of the panel for input 0, then for input 1, ...
 * The last panel is padded with zeros to a multiple of \`lanes\` units.
 */
function ${self}(kernel${types`: Float32Array`}, inputs${types`: number`}, units${types`: number`}, width${types`: number`}, lanes = 1)${types`: Float32Array`} {
  const packed = new Float32Array(inputs * Math.ceil(units / lanes) * lanes);
  for (let start = 0; start < units; start += width) {
    const end = Math.min(start + width, units);
    const stride = Math.ceil((end - start) / lanes) * lanes;
    for (let k = 0; k < inputs; k++) {
      const at = start * inputs + k * stride - start;
      for (let unit = start; unit < end; unit++) {
        packed[at + unit] = kernel[k * units + unit]${types`!`};
      }
    }
  }
  return packed;
}`,

  packBfloat16: (self, support) => code`/**
 * Rounds weights, a multiple of 8, to bfloat16 and puts two into a word: of each
 * row of 8, weight i into the low half of word i, weight i + 4 into the high one.
 */
function ${self}(weights${types`: Float32Array`})${types`: Uint32Array`} {
  const bits = new Uint32Array(${support("roundBfloat16")}(weights).buffer);
  const words = new Uint32Array(bits.length / 2);
  for (let at = 0; at < words.length; at++) {
    const low = 2 * at - (at % 4);
    words[at] = (bits[low]${types`!`} >>> 16) | bits[low + 4]${types`!`};
  }
  return words;
}`,

  unpackBfloat16: (self) => code`/**
 * Weights from bfloat16, two in a word: of each row of 8, weight i has the low
 * half of word i and weight i + 4 the high half.
 */
function ${self}(words${types`: Uint32Array`})${types`: Float32Array`} {
  const bits = new Uint32Array(2 * words.length);
  for (let at = 0; at < words.length; at++) {
    const low = 2 * at - (at % 4);
    bits[low] = words[at]${types`!`} << 16;
    bits[low + 4] = words[at]${types`!`} & 0xffff0000;
  }
  return new Float32Array(bits.buffer);
}`,

  roundBfloat16: (
    self,
  ) => code`/** Rounds weights to the nearest bfloat16 numbers, in place; ties go to the even one. */
function ${self}(weights${types`: Float32Array`})${types`: Float32Array`} {
  const bits = new Uint32Array(weights.buffer);
  for (let at = 0; at < bits.length; at++) {
    const word = bits[at]${types`!`};
    const rounded = word + 0x7fff + ((word >>> 16) & 1);
    bits[at] = Number.isNaN(weights[at]) ? 0x7fc00000 : rounded & 0xffff0000;
  }
  return weights;
}`,

  readSafetensors: (self) => safetensorsReader(self, undefined),

  readMixedSafetensors: (self, support) => safetensorsReader(self, support("widenBfloat16")),

  widenBfloat16: (
    self,
  ) => code`/** Float32 from the little-endian bytes of bfloat16 numbers, which are the upper halves. */
function ${self}(bytes${types`: Uint8Array`})${types`: Float32Array`} {
  const bits = new Uint32Array(bytes.length / 2);
  for (let at = 0; at < bits.length; at++) {
    bits[at] = (bytes[2 * at]${types`!`} << 16) | (bytes[2 * at + 1]${types`!`} << 24);
  }
  return new Float32Array(bits.buffer);
}`,
};
