import { code, types } from "./code.ts";
import { safetensorsReader } from "./safetensors-reader.ts";
import type { ArrayName, PrintSupport } from "./support-function.ts";

/** Functions that make arrays of weights: decoded, copied, packed, read from files. */
export const arrayFunctions: Readonly<Record<ArrayName, PrintSupport>> = {
  decodeBase64: (self, support) => code`/**
 * Bytes from base64 without padding, of little-endian elements of so many bytes,
 * in the order of the machine. Done by hand: audio worklets have no \`atob\`.
 */
function ${self}(text${types`: string`}, elementBytes = 1)${types`: Uint8Array`} {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const values = new Uint8Array(128);
  for (let i = 0; i < 64; i++) values[digits.charCodeAt(i)] = i;
  const bytes = new Uint8Array(Math.floor(text.length * 0.75));
  let byte = 0;
  for (let start = 0; start < text.length; start += 1024) {
    // Some engines count from the start of a string to find a character of it.
    const part = text.slice(start, start + 1024);
    for (let at = 0; at < part.length; at += 4) {
      const bits =
        (values[part.charCodeAt(at)]${types`!`} << 18) |
        (values[part.charCodeAt(at + 1)]${types`!`} << 12) |
        (values[part.charCodeAt(at + 2)]${types`!`} << 6) |
        values[part.charCodeAt(at + 3)]${types`!`};
      bytes[byte++] = bits >> 16;
      bytes[byte++] = bits >> 8;
      bytes[byte++] = bits;
    }
  }
  if (elementBytes > 1 && ${support("isBigEndian")}()) {
    for (let at = 0; at < bytes.length; at += elementBytes) {
      bytes.subarray(at, at + elementBytes).reverse();
    }
  }
  return bytes;
}`,

  isBigEndian: (self) => code`/** Whether typed arrays have the upper byte of a number first. */
function ${self}()${types`: boolean`} {
  return new Uint8Array(new Uint16Array([1]).buffer)[0] === 0;
}`,

  copyArray: (self, support) => code`/** A copy of an array of weights, checked for its length. */
function ${self}(what${types`: string`}, values${types`: Float32Array | undefined`}, length${types`: number`})${types`: Float32Array`} {
  ${support("checkLength")}(what, values?.length, length);
  return Float32Array.from(values${types`!`});
}`,

  packPanels: (self) => code`/**
 * Reorders a kernel [inputs, units] into panels of \`width\` units, each read
 * from front to back: all units of the panel for input 0, then for input 1, ...
 * The last panel is padded with zeros to a multiple of \`lanes\` units.
 */
function ${self}(kernel${types`: Float32Array`}, inputs${types`: number`}, units${types`: number`}, width${types`: number`}, lanes = 1)${types`: Float32Array`} {
  const packed = new Float32Array(inputs * Math.ceil(units / lanes) * lanes);
  let at = 0;
  for (let start = 0; start < units; start += width) {
    for (let k = 0; k < inputs; k++) {
      for (let unit = start; unit < start + width && unit < units; unit++) {
        packed[at++] = kernel[k * units + unit]${types`!`};
      }
      at = Math.ceil(at / lanes) * lanes;
    }
  }
  return packed;
}`,

  packBlocks: (self) => code`/**
 * The blocks of a kernel [inputs, units] that hold anything but 0, one after the
 * other: 4 inputs by 8 units. \`index\` has the first block and the first unit of
 * each 8 units, the number of blocks, and the first input of each block.
 */
function ${self}(what${types`: string`}, kernel${types`: Float32Array`}, inputs${types`: number`}, units${types`: number`}, index${types`: Int32Array`})${types`: Float32Array`} {
  const panels = Math.ceil(units / 8);
  const packed = new Float32Array(32 * index[2 * panels]${types`!`});
  let missing = 0;
  for (const weight of kernel) if (weight !== 0) missing++;
  for (let panel = 0; panel < panels; panel++) {
    const start = index[2 * panel + 1]${types`!`};
    const end = Math.min(start + 8, units);
    for (let block = index[2 * panel]${types`!`}; block < index[2 * panel + 2]${types`!`}; block++) {
      const first = index[2 * panels + 1 + block]${types`!`};
      // The last inputs may share a block with some that have another one.
      for (let k = first % 4 === 0 ? 0 : 4 - (inputs % 4); k < 4; k++) {
        for (let unit = start; unit < end; unit++) {
          const weight = kernel[(first + k) * units + unit]${types`!`};
          if (weight !== 0) missing--;
          packed[32 * block + 8 * k + unit - start] = weight;
        }
      }
    }
  }
  if (missing > 0) {
    throw new RangeError(
      \`\${what} has other zeros than when the module was built: build it again, or with --keep-zeros\`,
    );
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

  quantizeKernel: (self) => code`/**
 * A kernel [inputs, units] as whole numbers from -127 to 127, rows of zeros behind
 * up to a multiple of 4, by one scale a unit; and the sums of each unit's numbers.
 */
function ${self}(kernel${types`: Float32Array`}, units${types`: number`}) {
  const integers = new Float32Array(Math.ceil(kernel.length / units / 4) * 4 * units);
  const scales = new Float32Array(units);
  const sums = new Float32Array(units);
  const bits = new Uint32Array(scales.buffer);
  for (let at = 0; at < kernel.length; at++) {
    scales[at % units] = Math.max(scales[at % units]${types`!`}, Math.abs(kernel[at]${types`!`}));
  }
  for (let unit = 0; unit < units; unit++) {
    scales[unit] = scales[unit]${types`!`} / 127;
    // Up to 16 significant bits: products with integers are exact then.
    bits[unit] = (bits[unit]${types`!`} + 255) & ~255;
  }
  for (let at = 0; at < kernel.length; at++) {
    integers[at] = kernel[at] && Math.round(kernel[at]${types`!`} / scales[at % units]${types`!`});
    sums[at % units] = sums[at % units]${types`!`} + integers[at]${types`!`};
  }
  return { integers, scales, sums };
}`,

  packInt8: (self) => code`/**
 * Integers as bytes, four in a word: of each 4 rows of 8, word n has column n.
 */
function ${self}(integers${types`: Float32Array`})${types`: Uint32Array`} {
  const words = new Uint32Array(Math.ceil(integers.length / 32) * 8);
  for (let at = 0; at < integers.length; at++) {
    const word = (at >> 5) * 8 + (at & 7);
    words[word] = words[word]${types`!`} | ((integers[at]${types`!`} & 255) << (at & 24));
  }
  return words;
}`,

  unpackInt8: (self) => code`/** Integers from bytes, four in a word: of each 4 rows of 8, word n has column n. */
function ${self}(words${types`: Uint32Array`})${types`: Float32Array`} {
  const integers = new Float32Array(4 * words.length);
  for (let at = 0; at < integers.length; at++) {
    const word = words[(at >> 5) * 8 + (at & 7)]${types`!`};
    integers[at] = (word << (24 - (at & 24))) >> 24;
  }
  return integers;
}`,

  readSafetensors: (self) => safetensorsReader(self, undefined),

  readMixedSafetensors: (self, support) =>
    safetensorsReader(self, {
      dtype: "BF16",
      bytes: 2,
      note: "bfloat16 ones become float32",
      widened: code`${support("widenBfloat16")}(view, start, size / 2)`,
    }),

  readInt8Safetensors: (self, support) =>
    safetensorsReader(self, {
      dtype: "I8",
      bytes: 1,
      note: "int8 ones become float32, by their scales",
      widened: code`${support("scaleKernel")}(view, start, size, read(name + "_scale", shape.slice(-1)))`,
      readsOthers: true,
    }),

  scaleKernel: (self) => code`/** A kernel [inputs, units] from int8, by the scale of each unit. */
function ${self}(view${types`: DataView`}, start${types`: number`}, length${types`: number`}, scales${types`: Float32Array`})${types`: Float32Array`} {
  const kernel = new Float32Array(length);
  for (let at = 0; at < length; at++) {
    kernel[at] = view.getInt8(start + at) * scales[at % scales.length]${types`!`};
  }
  return kernel;
}`,

  widenBfloat16: (self) => code`/** Float32 from little-endian bfloat16 numbers, which are the upper halves. */
function ${self}(view${types`: DataView`}, start${types`: number`}, length${types`: number`})${types`: Float32Array`} {
  const bits = new Uint32Array(length);
  for (let at = 0; at < length; at++) bits[at] = view.getUint16(start + 2 * at, true) << 16;
  return new Float32Array(bits.buffer);
}`,
};
