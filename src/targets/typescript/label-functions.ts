import { code, types } from "./code.ts";
import type { LabelFunctionName, PrintSupport } from "./support-function.ts";

/** Functions that make something of a model's outputs. */
export const labelFunctions: Readonly<Record<LabelFunctionName, PrintSupport>> = {
  rankLabels: (
    self,
  ) => code`/** Labels with the scores at their places, best first; equal scores stay in order, NaN comes last. */
function ${self}${types`<Label extends string>`}(model${types`: string`}, labels${types`: readonly Label[]`}, scores${types`: Float32Array`}, top = labels.length) {
  if (!Number.isInteger(top) || top < 1) {
    throw new RangeError(\`\${model}: top is \${top}, expected a whole number from 1 on\`);
  }
  const ranked = labels
    .map((label, index) => ({ label, index, score: scores[index]${types`!`} }))
    .sort((a, b) => Number(Number.isNaN(a.score)) - Number(Number.isNaN(b.score)) || b.score - a.score)
    .slice(0, top);
  return ranked${types` as [(typeof ranked)[number], ...typeof ranked]`};
}`,
};
