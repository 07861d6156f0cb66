import { at, make, type Nd } from "../../random/nd.ts";
import { noFormula } from "./formula-layer.ts";

/** `EinsumDense` without its activation: the sum over all letters that the output does not have, and the bias behind it. */
export function einsumFormula(equation: string, input: Nd, kernel: Nd, bias: Nd | undefined): Nd {
  const match = /^\s*([a-zA-Z.]+)\s*,\s*([a-zA-Z]+)\s*->\s*([a-zA-Z.]+)\s*$/.exec(equation) ?? noFormula("an equation");
  const [, left = "", middle = "", right = ""] = match;
  const rank = input.shape.length + 1;
  // What `...` stands for has the letters 0, 1, ...; the batch axis is one of one sample.
  const spelled = (part: string): string[] => {
    const rest = rank - (left.includes("...") ? left.length - 3 : left.length);
    const [before = "", after] = part.split("...");
    if (after === undefined) return [...part];
    return [...before, ...Array.from({ length: rest }, (_, place) => String(place)), ...after];
  };
  const [inputs, kernels, outputs] = [spelled(left), [...middle], spelled(right)];
  if (new Set(inputs).size !== inputs.length || inputs.length !== rank) return noFormula("a letter twice");
  const sizes = new Map<string, number>();
  inputs.forEach((letter, axis) => sizes.set(letter, axis === 0 ? 1 : (input.shape[axis - 1] as number)));
  kernels.forEach((letter, axis) => sizes.set(letter, kernel.shape[axis] as number));
  if (outputs.some((letter) => !sizes.has(letter))) return noFormula("a new letter");
  const summed = [...new Set([...inputs, ...kernels])].filter((letter) => !outputs.includes(letter));
  const terms = make(
    summed.map((letter) => sizes.get(letter) as number),
    () => 0,
  );
  const batched: Nd = { shape: [1, ...input.shape], data: input.data };
  const all = make(
    outputs.map((letter) => sizes.get(letter) as number),
    (index) => {
      const place = new Map(outputs.map((letter, axis) => [letter, index[axis] as number]));
      let sum = 0;
      const where = (letters: readonly string[]): readonly number[] =>
        letters.map((letter) => place.get(letter) as number);
      make(terms.shape, (inner) => {
        summed.forEach((letter, axis) => place.set(letter, inner[axis] as number));
        sum += at(batched, where(inputs)) * at(kernel, where(kernels));
        return 0;
      });
      if (bias === undefined) return sum;
      const own = index.slice(index.length - bias.shape.length);
      return (
        sum +
        at(
          bias,
          own.map((position, axis) => (bias.shape[axis] === 1 ? 0 : position)),
        )
      );
    },
  );
  if (outputs[0] !== inputs[0]) return noFormula("a batch axis elsewhere");
  return { shape: all.shape.slice(1), data: all.data };
}
