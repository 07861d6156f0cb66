import { code, types } from "../code.ts";
import type { PrintSupport, RandomName } from "../support-function.ts";

/** Functions that make random numbers: the same for the same seed, on every machine. */
export const randomFunctions: Readonly<Record<RandomName, PrintSupport>> = {
  nextRandom: (self) => code`/** A random number of [0, 1): the next one of a generator, which is its state. */
function ${self}(state${types`: Uint32Array`})${types`: number`} {
  const a = state[0]${types`!`};
  const b = state[1]${types`!`};
  const c = state[2]${types`!`};
  const count = state[3]${types`!`};
  const sum = (a + b + count) >>> 0;
  state[0] = b ^ (b >>> 9);
  state[1] = c + (c << 3);
  state[2] = ((c << 21) | (c >>> 11)) + sum;
  state[3] = count + 1;
  return sum / 2 ** 32;
}`,

  createRandom: (
    self,
    support,
  ) => code`/** A generator of random numbers (sfc32 by Chris Doty-Humphrey): the same ones for the same seed. */
function ${self}(seed${types`: number`})${types`: Uint32Array`} {
  const state = Uint32Array.of(0x9e3779b9, Math.floor(seed / 2 ** 32), seed, 1);
  for (let i = 0; i < 16; i++) ${support("nextRandom")}(state);
  return state;
}`,

  fillUniform: (self, support) => code`/** Random numbers of a range, each as likely as the others. */
function ${self}(random${types`: Uint32Array`}, values${types`: NumberArray`}, low${types`: number`}, high${types`: number`}, count${types`: number`})${types`: void`} {
  for (let i = 0; i < count; i++) values[i] = low + (high - low) * ${support("nextRandom")}(random);
}`,

  fillNormal: (self, support) => code`/** Random numbers of a normal distribution, two at a time (Box and Muller). */
function ${self}(random${types`: Uint32Array`}, values${types`: NumberArray`}, mean${types`: number`}, deviation${types`: number`}, count${types`: number`})${types`: void`} {
  for (let i = 0; i < count; i += 2) {
    const radius = deviation * Math.sqrt(-2 * Math.log(1 - ${support("nextRandom")}(random)));
    const angle = 2 * Math.PI * ${support("nextRandom")}(random);
    values[i] = mean + radius * Math.cos(angle);
    if (i + 1 < count) values[i + 1] = mean + radius * Math.sin(angle);
  }
}`,

  fillTruncatedNormal: (
    self,
    support,
  ) => code`/** Random numbers of a normal distribution within two standard deviations. */
function ${self}(random${types`: Uint32Array`}, values${types`: NumberArray`}, mean${types`: number`}, deviation${types`: number`}, count${types`: number`})${types`: void`} {
  const one = new Float64Array(1);
  for (let i = 0; i < count; i++) {
    do ${support("fillNormal")}(random, one, 0, 1, 1);
    while (Math.abs(one[0]${types`!`}) > 2);
    values[i] = mean + deviation * one[0]${types`!`};
  }
}`,

  fillOrthogonal: (
    self,
    support,
  ) => code`/** A random matrix [rows, columns] whose shorter side's vectors are orthogonal, of the length \`gain\`. */
function ${self}(random${types`: Uint32Array`}, values${types`: NumberArray`}, rows${types`: number`}, columns${types`: number`}, gain${types`: number`})${types`: void`} {
  const [count, length] = rows < columns ? [rows, columns] : [columns, rows];
  const vectors = Array.from({ length: count }, () => new Float64Array(length));
  for (const [at, vector] of vectors.entries()) {
    ${support("fillNormal")}(random, vector, 0, 1, length);
    // Twice, for what rounding leaves of the first time.
    for (const other of [...vectors.slice(0, at), ...vectors.slice(0, at)]) {
      let along = 0;
      for (let i = 0; i < length; i++) along += vector[i]${types`!`} * other[i]${types`!`};
      for (let i = 0; i < length; i++) vector[i]${types`!`} -= along * other[i]${types`!`};
    }
    const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    for (let i = 0; i < length; i++) vector[i]${types`!`} /= norm;
    for (let i = 0; i < length; i++) {
      values[rows < columns ? at * columns + i : i * columns + at] = gain * vector[i]${types`!`};
    }
  }
}`,
};
