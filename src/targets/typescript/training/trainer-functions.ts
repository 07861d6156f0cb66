import { code, types } from "../code.ts";
import type { PrintSupport, TrainerName } from "../support-function.ts";

/** Functions that look at what a trainer is given, and write what it has. */
export const trainerFunctions: Readonly<Record<TrainerName, PrintSupport>> = {
  checkOptions: (
    self,
    support,
  ) => code`/** Throws unless options are an object that has no others than these: a wrong name would do nothing. */
function ${self}(model${types`: string`}, options${types`: object`}, known${types`: readonly string[]`})${types`: void`} {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(\`\${model}: options is \${${support("showValue")}(options)}, expected an object\`);
  }
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined && !known.includes(name)) {
      throw new TypeError(\`\${model}: options has '\${name}', expected \${known.join(", ")}\`);
    }
  }
}`,

  chooseSeed: (self, support) => code`/** The seed that is given, or another one each time. */
function ${self}(what${types`: string`}, seed${types`: number | undefined`})${types`: number`} {
  if (seed === undefined) return Math.floor(Math.random() * 2 ** 53);
  if (!Number.isSafeInteger(seed)) {
    throw new RangeError(\`\${what} is \${${support("showValue")}(seed)}, expected a whole number\`);
  }
  return seed;
}`,

  checkRate: (self, support) => code`/** A learning rate; throws unless it is a finite number from 0 on. */
function ${self}(what${types`: string`}, value${types`: number`})${types`: number`} {
  if (!Number.isFinite(value) || value < 0) {
    throw new RangeError(\`\${what} is \${${support("showValue")}(value)}, expected a finite number from 0 on\`);
  }
  return value;
}`,

  checkOutput: (
    self,
    support,
  ) => code`/** Throws unless it is an array of floats, of the length that the outputs of all samples have. */
function ${self}(what${types`: string`}, output${types`: NumberArray`}, expected${types`: number`})${types`: void`} {
  const kind = ${support("showValue")}(output);
  if (kind !== "Float32Array" && kind !== "Float64Array") {
    throw new TypeError(\`\${what} is \${kind}, expected a Float32Array or Float64Array\`);
  }
  ${support("checkLength")}(what, output.length, expected);
}`,

  copyNumbers: (
    self,
    support,
  ) => code`/** Copies \`count\` numbers that a caller brings, from \`start\` on; throws at one that is not finite. */
function ${self}(what${types`: string`}, from${types`: ArrayLike<number>`}, start${types`: number`}, to${types`: NumberArray`}, count${types`: number`})${types`: void`} {
  // 0 as long as all are finite numbers, else NaN: found out without leaving the loop.
  let zero = 0;
  for (let i = 0; i < count; i++) {
    const value = from[start + i];
    to[i] = typeof value === "number" ? value : NaN;
    zero += to[i]${types`!`} * 0;
  }
  if (zero === 0) return;
  for (let i = 0; i < count; i++) {
    if (!Number.isFinite(to[i])) {
      throw new RangeError(\`\${what}[\${start + i}] is \${${support("showValue")}(from[start + i])}, expected a finite number\`);
    }
  }
}`,

  copyWeights: (self, support) => code`/** Copies an array of weights, checked for its length and for numbers. */
function ${self}(what${types`: string`}, from${types`: ArrayLike<number> | undefined`}, to${types`: NumberArray`})${types`: void`} {
  ${support("checkValues")}(what, from, to.length);
  ${support("copyNumbers")}(what, from${types` as ArrayLike<number>`}, 0, to, to.length);
}`,

  checkValues: (self, support) => code`/** Throws unless there are so many numbers, one after the other. */
function ${self}(what${types`: string`}, from${types`: ArrayLike<number> | undefined`}, expected${types`: number`})${types`: void`} {
  ${support("checkFlat")}(what, from);
  ${support("checkLength")}(what, from?.length, expected);
}`,

  checkFlat: (self, support) => code`/** Throws at a list of rows, which is not as long as its numbers are many. */
function ${self}(what${types`: string`}, from${types`: ArrayLike<number> | undefined`})${types`: void`} {
  const first${types`: unknown`} = from?.[0];
  if (typeof first === "object" && first !== null) {
    throw new RangeError(\`\${what}[0] is \${${support("showValue")}(first)}, expected a number: rows lie one after the other\`);
  }
}`,

  copyLabels: (
    self,
    support,
  ) => code`/** Copies indices of classes, \`count\` of them from \`start\` on, each as a row with a 1 at its class. */
function ${self}(what${types`: string`}, from${types`: ArrayLike<number>`}, start${types`: number`}, to${types`: NumberArray`}, count${types`: number`}, classes${types`: number`}, ignored${types`?: number`})${types`: void`} {
  to.fill(0, 0, count * classes);
  for (let i = 0; i < count; i++) {
    const label = from[start + i]${types`!`};
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      if (label === ignored) continue;
      throw new RangeError(
        \`\${what}[\${start + i}] is \${${support("showValue")}(label)}, expected a class: a whole number from 0 to \${classes - 1}\`,
      );
    }
    to[i * classes + label] = 1;
  }
}`,

  checkClassWeights: (
    self,
    support,
  ) => code`/** A copy of weights of classes; throws at a class that there is not, and at a weight that is not finite. */
function ${self}(
  what${types`: string`},
  given${types`: Readonly<Record<number, number>>`},
  classes${types`: number`},
)${types`: Readonly<Record<number, number>>`} {
  if (typeof given !== "object" || given === null) throw new TypeError(\`\${what} is \${${support("showValue")}(given)}, expected an object\`);
  for (const [label, weight] of Object.entries(given)) {
    if (!/^\\d+$/.test(label) || Number(label) >= classes) {
      const last = classes === Infinity ? "on" : \`to \${classes - 1}\`;
      throw new RangeError(\`\${what} has '\${label}', expected classes: whole numbers from 0 \${last}\`);
    }
    if (!Number.isFinite(weight)) {
      throw new RangeError(\`\${what}[\${label}] is \${${support("showValue")}(weight)}, expected a finite number\`);
    }
  }
  return { ...given };
}`,

  weighClasses: (self) => code`/**
 * Multiplies the weight of each sample by that of its class: the largest of its \`size\` targets, or
 * the whole number next to the only one, of two the even one.
 */
function ${self}(classWeights${types`: Readonly<Record<number, number>>`}, targets${types`: NumberArray`}, size${types`: number`}, weights${types`: NumberArray`}, samples${types`: number`})${types`: void`} {
  for (let n = 0; n < samples; n++) {
    let label = 0;
    if (size === 1) {
      const target = targets[n]${types`!`};
      label = Math.round(target);
      if (label - target === 0.5 && label % 2 !== 0) label--;
    }
    for (let i = 1; i < size; i++) {
      if (targets[n * size + i]${types`!`} > targets[n * size + label]${types`!`}) label = i;
    }
    weights[n]${types`!`} *= classWeights[label] ?? 1;
  }
}`,

  checkState: (
    self,
    support,
  ) => code`/** Throws unless a state has the arrays and numbers of a trainer, and no others. */
function ${self}(
  model${types`: string`},
  state${types`: TrainerState`},
  arrays${types`: Readonly<Record<string, NumberArray | Uint32Array>>`},
  numbers${types`: readonly string[]`},
)${types`: void`} {
  const isObject = (value${types`: unknown`})${types`: boolean`} => typeof value === "object" && value !== null;
  if (!isObject(state) || !isObject(state.arrays) || !isObject(state.numbers)) {
    throw new TypeError(\`\${model}: the state is none that a trainer has given\`);
  }
  if (state.model !== model) {
    throw new TypeError(\`\${model}: the state is of the model '\${state.model}'\`);
  }
  for (const [name, array] of Object.entries(arrays)) {
    const found = state.arrays[name];
    const [kind, wanted] = [found === undefined ? "missing" : ${support("showValue")}(found), ${support("showValue")}(array)];
    if (kind !== wanted) {
      throw new TypeError(\`\${model}: state.arrays['\${name}'] is \${kind}, expected \${wanted}\`);
    }
    if (found?.length !== array.length) {
      throw new RangeError(
        \`\${model}: state.arrays['\${name}'] has \${found?.length} value\${found?.length === 1 ? "" : "s"}, expected \${array.length}\`,
      );
    }
  }
  for (const name of numbers) {
    const value = state.numbers[name];
    if (typeof value !== "number") {
      throw new TypeError(\`\${model}: state.numbers.\${name} is \${${support("showValue")}(value)}, expected a number\`);
    }
    const isCount = name === "iterations" || name === "seen";
    // Losses may have summed up to NaN, and NaN is a learning rate that nobody has set.
    const isAny = name === "lossSum" || name === "learningRate";
    if (isCount ? !Number.isSafeInteger(value) || value < 0 : !isAny && !Number.isFinite(value)) {
      const expected = isCount ? "a whole number from 0 on" : "a finite number";
      throw new RangeError(\`\${model}: state.numbers.\${name} is \${value}, expected \${expected}\`);
    }
  }
  const known = new Set([...Object.keys(arrays), ...numbers]);
  const strange = [...Object.keys(state.arrays), ...Object.keys(state.numbers)].find((name) => !known.has(name));
  if (strange !== undefined) {
    throw new TypeError(\`\${model}: the state has '\${strange}', which this trainer has not\`);
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

  showValue: (self) => code`/** What a message calls a value: 1, '1', 1n, Array. */
function ${self}(value${types`: unknown`})${types`: string`} {
  if (typeof value === "object" && value !== null) return Object.prototype.toString.call(value).slice(8, -1);
  if (typeof value === "bigint") return \`\${value}n\`;
  return typeof value === "string" ? \`'\${value}'\` : String(value);
}`,
};
