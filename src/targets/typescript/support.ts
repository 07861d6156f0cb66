import { code, type Code, type Identifier, types } from "./code.ts";

/** Functions of generated modules that depend on no model; a module holds those it uses. */
export const supportNames = [
  "checkLength",
  "countSamples",
  "inferDim",
  "checkDim",
  "checkIndex",
  "decodeBase64",
  "copyArray",
  "packPanels",
  "readSafetensors",
] as const;

export type SupportName = (typeof supportNames)[number];

/** The module's names for the support functions; taking one puts it into the module. */
export type Support = (name: SupportName) => Identifier;

/** The text of a support function under the name that the module has for it. */
export function supportFunction(name: SupportName, self: Identifier): Code {
  return functions[name](self);
}

const functions: Readonly<Record<SupportName, (self: Identifier) => Code>> = {
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

  decodeBase64: (
    self,
  ) => code`/** Little-endian float32 values from base64. Done by hand: audio worklets have no \`atob\`. */
function ${self}(text${types`: string`})${types`: Float32Array`} {
  const code = (at${types`: number`})${types`: number`} => {
    const c = text.charCodeAt(at);
    if (c > 96) return c - 71;
    if (c > 64) return c - 65;
    if (c > 47) return c + 4;
    return c === 43 ? 62 : 63;
  };
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let at = 0, byte = 0; at < text.length; at += 4, byte += 3) {
    bytes[byte] = (code(at) << 2) | (code(at + 1) >> 4);
    bytes[byte + 1] = (code(at + 1) << 4) | (code(at + 2) >> 2);
    bytes[byte + 2] = (code(at + 2) << 6) | code(at + 3);
  }
  return new Float32Array(bytes.buffer);
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
 */
function ${self}(kernel${types`: Float32Array`}, inputs${types`: number`}, units${types`: number`}, width${types`: number`})${types`: Float32Array`} {
  const packed = new Float32Array(inputs * units);
  let at = 0;
  for (let start = 0; start < units; start += width) {
    const end = Math.min(start + width, units);
    for (let k = 0; k < inputs; k++) {
      for (let unit = start; unit < end; unit++) {
        packed[at++] = kernel[k * units + unit]${types`!`};
      }
    }
  }
  return packed;
}`,

  readSafetensors: (self) => code`/**
 * Reads a safetensors file: the header's length as uint64, the header as JSON,
 * the data. Returns a function that finds one float32 array by name and shape.
 */
function ${self}(
  model${types`: string`},
  file${types`: ArrayBuffer | Uint8Array`},
)${types`: (name: string, shape: readonly number[]) => Float32Array`} {
  // A plain Uint8Array, for a Node Buffer's \`slice\` does not copy.
  const bytes =
    file instanceof Uint8Array
      ? new Uint8Array(file.buffer, file.byteOffset, file.byteLength)
      : new Uint8Array(file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const broken = (why${types`: string`})${types`: RangeError`} =>
    new RangeError(\`\${model}: the weights are no safetensors file (\${why})\`);
  if (bytes.length < 8) throw broken("it is too short");
  const dataStart = 8 + view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32;
  if (dataStart > bytes.length) throw broken("its header is cut off");
  // Percent-encoded by hand: audio worklets have no TextDecoder.
  let header = "";
  for (let at = 8; at < dataStart; at++) {
    header += "%" + view.getUint8(at).toString(16).padStart(2, "0");
  }
  let entries${types`: Map<string, { dtype?: unknown; shape?: unknown; data_offsets?: unknown } | null>`};
  try {
    entries = new Map(Object.entries(JSON.parse(decodeURIComponent(header))));
  } catch {
    throw broken("its header is no JSON");
  }
  return (name, shape) => {
    if (!entries.has(name)) {
      throw new RangeError(\`\${model}: the weights lack '\${name}'\`);
    }
    const { dtype, shape: axes, data_offsets: offsets } = entries.get(name) ?? {};
    if (!Array.isArray(axes) || !Array.isArray(offsets)) {
      throw broken(\`its header does not describe '\${name}'\`);
    }
    const wanted = \`F32 [\${shape.join(", ")}]\`;
    const found = \`\${dtype} [\${axes.join(", ")}]\`;
    if (found !== wanted) {
      throw new RangeError(\`\${model}: weight '\${name}' is \${found}, expected \${wanted}\`);
    }
    const size = shape.reduce((product, axis) => product * axis, 4);
    const start = dataStart + offsets[0];
    const end = dataStart + offsets[1];
    if (!Number.isSafeInteger(start) || start < dataStart || end - start !== size || end > bytes.length) {
      throw broken(\`the data of '\${name}' is not in it\`);
    }
    return new Float32Array(bytes.slice(start, end).buffer);
  };
}`,
};
