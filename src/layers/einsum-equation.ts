import type { EinsumAxis } from "../ir/graph.ts";
import { elementCount, formatShape, type Shape } from "../ir/shape.ts";
import { dimSize, formatSize, isStatic, sizesEqual, staticSize, type Size } from "../ir/size.ts";

/** What an EinsumDense makes of a shape. */
export interface EinsumPlan {
  readonly outputShape: Shape;
  readonly kernelShape: readonly number[];
  readonly biasShape: readonly number[] | undefined;
  readonly axes: readonly EinsumAxis[];
}

const letters = "([A-Za-z]+)";
const forms = [
  { pattern: new RegExp(`^${letters},${letters}->${letters}$`), elided: "none" },
  { pattern: new RegExp(`^\\.\\.\\.${letters},${letters}->\\.\\.\\.${letters}$`), elided: "left" },
  { pattern: new RegExp(`^${letters}\\.\\.\\.,${letters}->${letters}\\.\\.\\.$`), elided: "right" },
] as const;

/** Placeholder letters for the axes that `...` stands for: no letters of an equation. */
const elidedLabel = (at: number): string => `.${at}`;

/**
 * Reads an equation as Keras does: `abc,cd->abd`, `...ab,bc->...ac` or `ab...,bc->ac...`, of which the first letter (with a
 * leading `...` the first axis it stands for) is the batch axis. `target` is the output's shape without that axis and
 * without what `...` stands for; `null` takes the size from the input. Gives a plan, or what is wrong.
 */
export function planEinsum(
  equation: string,
  target: readonly (number | string | null)[],
  biasAxes: string | null,
  input: Shape,
): EinsumPlan | string {
  const form = forms.find(({ pattern }) => pattern.test(equation));
  const match = form === undefined ? null : form.pattern.exec(equation);
  if (form === undefined || match === null) {
    return `the equation '${equation}' is none of the forms 'ab,bc->ac', '...a,ab->...b' and 'ab...,bc->ac...'`;
  }
  const [, inputText = "", kernelText = "", outputText = ""] = match;
  const rank = input.length + 1;
  const missing = rank - inputText.length;
  if (missing < 0 || (form.elided === "none" && missing > 0)) {
    return `'${inputText}' names ${inputText.length} axes with the batch axis, and the input ${formatShape(input)} has ${rank}`;
  }
  const elided = Array.from({ length: missing }, (_, at) => elidedLabel(at));
  const spread = (text: string): readonly string[] =>
    form.elided === "left" ? [...elided, ...text] : [...text, ...elided];
  const inputLabels = spread(inputText);
  const outputLabels = spread(outputText);
  const kernelLabels = [...kernelText];
  for (const labels of [inputLabels, kernelLabels, outputLabels]) {
    if (new Set(labels).size !== labels.length) return `the equation '${equation}' repeats a letter in one part`;
  }
  const batch = inputLabels[0] as string;
  if (outputLabels[0] !== batch || kernelLabels.includes(batch)) {
    return `the first axis of '${equation}' is the batch axis: it must come first in the output and not be the kernel's`;
  }

  const sizes = new Map<string, Size>(input.map((size, axis) => [inputLabels[axis + 1] as string, size]));
  const own = outputLabels.slice(1).filter((label) => !label.startsWith("."));
  if (own.length !== target.length) {
    return `output_shape has ${target.length} axes, and the equation '${equation}' gives ${own.length}`;
  }
  for (const [at, label] of own.entries()) {
    const wanted = target[at] as number | string | null;
    const arriving = sizes.get(label);
    if (wanted === null) {
      if (arriving === undefined) return `output_shape has none for '${label}', which the input does not have`;
      continue;
    }
    const size = typeof wanted === "string" ? dimSize(wanted) : staticSize(wanted);
    if (arriving !== undefined && !sizesEqual(arriving, size)) {
      return `output_shape has ${formatSize(size)} for '${label}', which is ${formatSize(arriving)} in the input`;
    }
    sizes.set(label, size);
  }
  const stranger = kernelLabels.find((label) => !sizes.has(label));
  if (stranger !== undefined) return `'${stranger}' of '${equation}' is an axis of the kernel alone`;
  const orphan = outputLabels.find(
    (label, at) => at > 0 && !inputLabels.includes(label) && !kernelLabels.includes(label),
  );
  if (orphan !== undefined) return `'${orphan}' of '${equation}' is an axis of the output alone`;
  const sizeOf = (label: string): Size => sizes.get(label) as Size;
  const unknown = kernelLabels.find((label) => !isStatic(sizeOf(label)));
  if (unknown !== undefined) {
    return `the kernel's axis '${unknown}' is known only at run time ('${formatSize(sizeOf(unknown))}')`;
  }

  if (biasAxes === "") return "bias_axes names no axis; leave it out for no bias";
  const biasLabels = biasAxes === null ? undefined : outputLabels.slice(1).filter((label) => biasAxes.includes(label));
  const wrong = [...(biasAxes ?? "")].find((label) => !outputLabels.slice(1).includes(label));
  if (wrong !== undefined) return `bias_axes has '${wrong}', which is no axis of the output but the batch`;
  if (biasLabels?.some((label) => !isStatic(sizeOf(label))) === true) {
    return "bias_axes has an axis that is known only at run time";
  }

  const inputAxes = inputLabels.slice(1);
  const outputAxes = outputLabels.slice(1);
  const stride = (labels: readonly string[], label: string): Size =>
    labels.includes(label) ? elementCount(labels.slice(labels.indexOf(label) + 1).map(sizeOf)) : staticSize(0);
  const all = [...new Set([...outputAxes, ...inputAxes, ...kernelLabels])];
  const factor = (labels: readonly string[]) => labels.map((label) => sizeOf(label).factor);
  return {
    outputShape: outputAxes.map(sizeOf),
    kernelShape: factor(kernelLabels),
    biasShape: biasLabels === undefined ? undefined : biasShapeOf(outputAxes, biasLabels, sizeOf),
    axes: all.map((label) => ({
      size: sizeOf(label),
      input: stride(inputAxes, label),
      kernel: stride(kernelLabels, label).factor,
      bias: stride(biasLabels ?? [], label).factor,
      output: stride(outputAxes, label),
      contracted: !outputAxes.includes(label),
    })),
  };
}

/** From the first axis with a bias on, 1 for each axis without one. */
function biasShapeOf(
  outputAxes: readonly string[],
  biasLabels: readonly string[],
  sizeOf: (label: string) => Size,
): readonly number[] {
  const first = outputAxes.findIndex((label) => biasLabels.includes(label));
  return outputAxes.slice(first).map((label) => (biasLabels.includes(label) ? sizeOf(label).factor : 1));
}
