import { code, types } from "./code.ts";
import type { CheckName, PrintSupport } from "./support-function.ts";

/** Functions that look at what a caller passes: lengths, run-time dims, indices. */
export const checkFunctions: Readonly<Record<CheckName, PrintSupport>> = {
  checkLength: (self) => code`/** Throws unless an array has the length its shape asks for; none has one in words. */
function ${self}(what${types`: string`}, found${types`: number | undefined`}, expected${types`: number | string`})${types`: void`} {
  if (found !== expected) {
    throw new RangeError(
      \`\${what} has \${found ?? "no"} value\${found === 1 ? "" : "s"}, expected \${expected}\`,
    );
  }
}`,

  countSamples: (
    self,
    support,
  ) => code`/** The number of samples of \`size\` values in a batch; zero is fine, a part of a sample is not. */
function ${self}(model${types`: string`}, values${types`: number | undefined`}, size${types`: number`})${types`: number`} {
  const samples = values === 0 ? 0 : (values ?? NaN) / size;
  if (!Number.isInteger(samples)) {
    ${support("checkLength")}(\`\${model}: inputs\`, values, size === 0 ? "0: a sample is empty" : \`a multiple of \${size}\`);
  }
  return samples;
}`,

  inferDim: (
    self,
    support,
  ) => code`/** The run-time dim of a sample of \`values\` values, of which each step of the dim takes \`size\`. */
function ${self}(model${types`: string`}, dim${types`: string`}, values${types`: number | undefined`}, size${types`: number`})${types`: number`} {
  const steps = (values ?? NaN) / size;
  if (!Number.isInteger(steps)) {
    ${support("checkLength")}(\`\${model}: input\`, values, \`a multiple of \${size} ('\${dim}' steps)\`);
  }
  return steps;
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
};
