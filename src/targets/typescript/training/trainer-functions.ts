import { code, types } from "../code.ts";
import type { PrintSupport, TrainerName } from "../support-function.ts";

/** Functions that look at what a trainer is given, and write what it has. */
export const trainerFunctions: Readonly<Record<TrainerName, PrintSupport>> = {
  part: (self) => code`/** Elements of an array, without a copy where it is a typed one. */
function ${self}(values${types`: ArrayLike<number>`}, start${types`: number`}, end${types`: number`})${types`: ArrayLike<number>`} {
  if (start === 0 && end === values.length) return values;
  return ArrayBuffer.isView(values)
    ? (values${types` as Float64Array`}).subarray(start, end)
    : Array.prototype.slice.call(values, start, end);
}`,

  copyNumbers: (self) => code`/** Copies numbers that a caller brings; throws at one that is not finite. */
function ${self}(what${types`: string`}, from${types`: ArrayLike<number>`}, to${types`: NumberArray`}, count${types`: number`})${types`: void`} {
  // 0 as long as all are finite, else NaN: found out without a branch for each.
  let zero = 0;
  for (let i = 0; i < count; i++) {
    const value = from[i]${types`!`};
    to[i] = value;
    zero += value * 0;
  }
  if (zero === 0) return;
  for (let i = 0; i < count; i++) {
    if (!Number.isFinite(from[i])) {
      throw new RangeError(\`\${what}[\${i}] is \${from[i]}, expected a finite number\`);
    }
  }
}`,

  copyLabels: (self) => code`/** Indices of classes, each as a row with a 1 at its class. */
function ${self}(what${types`: string`}, from${types`: ArrayLike<number>`}, to${types`: NumberArray`}, count${types`: number`}, classes${types`: number`}, ignored${types`?: number`})${types`: void`} {
  to.fill(0, 0, count * classes);
  for (let i = 0; i < count; i++) {
    const label = from[i]${types`!`};
    if (label === ignored) continue;
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw new RangeError(
        \`\${what}[\${i}] is \${label}, expected a class: a whole number from 0 to \${classes - 1}\`,
      );
    }
    to[i * classes + label] = 1;
  }
}`,

  weighClasses: (
    self,
  ) => code`/** Multiplies the weight of each sample by that of its class; \`size\` targets are one sample's. */
function ${self}(classWeights${types`: Readonly<Record<number, number>>`}, targets${types`: NumberArray`}, size${types`: number`}, weights${types`: NumberArray`}, samples${types`: number`})${types`: void`} {
  for (let n = 0; n < samples; n++) {
    let label = size === 1 ? targets[n]${types`!`} : 0;
    for (let i = 1; i < size; i++) {
      if (targets[n * size + i]${types`!`} > targets[n * size + label]${types`!`}) label = i;
    }
    weights[n]${types`!`} *= classWeights[label] ?? 1;
  }
}`,

  checkNumbers: (self) => code`/** Throws unless an array has so many numbers, all finite. */
function ${self}(what${types`: string`}, values${types`: ArrayLike<number> | undefined`}, expected${types`: number`})${types`: ArrayLike<number>`} {
  if (values?.length !== expected) {
    throw new RangeError(
      \`\${what} has \${values?.length ?? "no"} value\${values?.length === 1 ? "" : "s"}, expected \${expected}\`,
    );
  }
  for (let i = 0; i < expected; i++) {
    if (!Number.isFinite(values[i])) {
      throw new RangeError(\`\${what}[\${i}] is \${values[i]}, expected a finite number\`);
    }
  }
  return values;
}`,

  checkState: (self) => code`/** Throws unless a state has the arrays and numbers of a trainer. */
function ${self}(
  model${types`: string`},
  state${types`: TrainerState`},
  arrays${types`: Readonly<Record<string, ArrayLike<number>>>`},
  numbers${types`: readonly string[]`},
)${types`: void`} {
  if (typeof state !== "object" || state === null || typeof state.arrays !== "object" || typeof state.numbers !== "object") {
    throw new TypeError(\`\${model}: the state is none that a trainer has given\`);
  }
  if (state.model !== model) {
    throw new TypeError(\`\${model}: the state is of the model '\${state.model}'\`);
  }
  for (const [name, { length }] of Object.entries(arrays)) {
    const found = state.arrays?.[name]?.length;
    if (found !== length) {
      throw new RangeError(
        \`\${model}: state.arrays['\${name}'] has \${found ?? "no"} value\${found === 1 ? "" : "s"}, expected \${length}\`,
      );
    }
  }
  for (const name of numbers) {
    if (typeof state.numbers?.[name] !== "number") {
      throw new TypeError(\`\${model}: state.numbers.\${name} is \${state.numbers?.[name]}, expected a number\`);
    }
  }
}`,

  safetensors: (self) => code`/** A safetensors file of float32 arrays, which \`weights "..."\` binds. */
function ${self}(arrays${types`: readonly (readonly [name: string, shape: readonly number[], values: ArrayLike<number>])[]`})${types`: Uint8Array<ArrayBuffer>`} {
  let end = 0;
  const entries = arrays.map(([name, shape, { length }]) => {
    const start = end;
    end += 4 * length;
    return [name, { dtype: "F32", shape, data_offsets: [start, end] }];
  });
  let header = JSON.stringify(Object.fromEntries(entries));
  // ASCII, for not every engine has a TextEncoder.
  header = header.replace(
    /[^\\x00-\\x7f]/g,
    (unit) => "\\\\u" + unit.charCodeAt(0).toString(16).padStart(4, "0"),
  );
  header = header.padEnd(Math.ceil(header.length / 8) * 8);
  const bytes = new Uint8Array(8 + header.length + end);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, header.length, true);
  for (let at = 0; at < header.length; at++) bytes[8 + at] = header.charCodeAt(at);
  let at = 8 + header.length;
  for (const [, , values] of arrays) {
    for (let i = 0; i < values.length; i++, at += 4) view.setFloat32(at, values[i]${types`!`}, true);
  }
  return bytes;
}`,
};
