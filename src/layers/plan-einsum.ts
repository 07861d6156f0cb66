import { counted } from "../diagnostics/counted.ts";
import type { EinsumAxis } from "../ir/graph.ts";
import { elementCount, formatShape, type Shape } from "../ir/shape.ts";
import { dimSize, formatSize, isStatic, sizesEqual, staticSize, type Size } from "../ir/size.ts";
import { einsumProblem, isElided, readEquation, type EinsumLabels, type EinsumProblem } from "./einsum-equation.ts";

/** What an EinsumDense makes of a shape. */
export interface EinsumPlan {
  readonly kind: "plan";
  readonly outputShape: Shape;
  readonly kernelShape: readonly number[];
  readonly biasShape: readonly number[] | undefined;
  readonly axes: readonly EinsumAxis[];
}

/** A plan, or what is wrong. */
export type EinsumResult = EinsumPlan | EinsumProblem;

/**
 * What an equation means for an input. `target` is the output's shape without the batch axis and without what `...` stands
 * for; `null` takes the size from the input.
 */
export function planEinsum(
  equation: string,
  target: readonly (number | string | null)[],
  biasAxes: string | null,
  input: Shape,
): EinsumResult {
  const labels = readEquation(equation, input.length + 1, formatShape(input));
  if (labels.kind === "problem") return labels;
  const sizes = sizeLabels(labels, target, input);
  if (sizes.kind === "problem") return sizes;
  const bias = biasLabels(labels, biasAxes, sizes.of);
  return bias.kind === "problem" ? bias : makePlan(labels, bias.labels, sizes.of);
}

type SizeOf = (label: string) => Size;

/** The size of every label, from the input and from the wanted output. */
function sizeLabels(
  labels: EinsumLabels,
  target: readonly (number | string | null)[],
  input: Shape,
): { readonly kind: "sizes"; readonly of: SizeOf } | EinsumProblem {
  const { equation } = labels;
  const sizes = new Map<string, Size>(input.map((size, axis) => [labels.input[axis + 1] as string, size]));
  const own = labels.output.slice(1).filter((label) => !isElided(label));
  if (own.length !== target.length) {
    return einsumProblem(
      `output_shape has ${counted(target.length, "axis", "axes")}, and the equation '${equation}' gives ${own.length}`,
    );
  }
  for (const [at, label] of own.entries()) {
    const wanted = target[at] as number | string | null;
    const arriving = sizes.get(label);
    if (wanted === null) {
      if (arriving !== undefined) continue;
      return einsumProblem(`output_shape has none for '${label}', which the input does not have`);
    }
    const size = typeof wanted === "string" ? dimSize(wanted) : staticSize(wanted);
    if (arriving !== undefined && !sizesEqual(arriving, size)) {
      return einsumProblem(
        `output_shape has ${formatSize(size)} for '${label}', which is ${formatSize(arriving)} in the input`,
      );
    }
    sizes.set(label, size);
  }
  const stranger = labels.kernel.find((label) => !sizes.has(label));
  if (stranger !== undefined) return einsumProblem(`'${stranger}' of '${equation}' is an axis of the kernel alone`);
  const orphan = labels.output.find(
    (label, at) => at > 0 && !labels.input.includes(label) && !labels.kernel.includes(label),
  );
  if (orphan !== undefined) return einsumProblem(`'${orphan}' of '${equation}' is an axis of the output alone`);
  const of: SizeOf = (label) => sizes.get(label) as Size;
  const unknown = labels.kernel.find((label) => !isStatic(of(label)));
  if (unknown === undefined) return { kind: "sizes", of };
  return einsumProblem(`the kernel's axis '${unknown}' is known only at run time ('${formatSize(of(unknown))}')`);
}

/** The labels of the axes with a bias in the order of the output; undefined for no bias. */
function biasLabels(
  { output }: EinsumLabels,
  biasAxes: string | null,
  sizeOf: SizeOf,
): { readonly kind: "labels"; readonly labels: readonly string[] | undefined } | EinsumProblem {
  if (biasAxes === null) return { kind: "labels", labels: undefined };
  if (biasAxes === "") return einsumProblem("bias_axes names no axis; leave it out for no bias");
  const outputAxes = output.slice(1);
  const wrong = [...biasAxes].find((label) => !outputAxes.includes(label));
  if (wrong !== undefined) {
    return einsumProblem(`bias_axes has '${wrong}', which is no axis of the output but the batch`);
  }
  const labels = outputAxes.filter((label) => biasAxes.includes(label));
  if (labels.every((label) => isStatic(sizeOf(label)))) return { kind: "labels", labels };
  return einsumProblem("bias_axes has an axis that is known only at run time");
}

function makePlan(labels: EinsumLabels, bias: readonly string[] | undefined, sizeOf: SizeOf): EinsumPlan {
  const inputAxes = labels.input.slice(1);
  const outputAxes = labels.output.slice(1);
  const stride = (axes: readonly string[], label: string): Size =>
    axes.includes(label) ? elementCount(axes.slice(axes.indexOf(label) + 1).map(sizeOf)) : staticSize(0);
  const all = [...new Set([...outputAxes, ...inputAxes, ...labels.kernel])];
  return {
    kind: "plan",
    outputShape: outputAxes.map(sizeOf),
    kernelShape: labels.kernel.map((label) => sizeOf(label).factor),
    biasShape: bias === undefined ? undefined : biasShapeOf(outputAxes, bias, sizeOf),
    axes: all.map((label) => ({
      size: sizeOf(label),
      input: stride(inputAxes, label),
      kernel: stride(labels.kernel, label).factor,
      bias: stride(bias ?? [], label).factor,
      output: stride(outputAxes, label),
      contracted: !outputAxes.includes(label),
    })),
  };
}

/** From the first axis with a bias on, 1 for each axis without one. */
function biasShapeOf(outputAxes: readonly string[], bias: readonly string[], sizeOf: SizeOf): readonly number[] {
  const first = outputAxes.findIndex((label) => bias.includes(label));
  return outputAxes.slice(first).map((label) => (bias.includes(label) ? sizeOf(label).factor : 1));
}
