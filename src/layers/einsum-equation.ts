import { counted } from "../diagnostics/counted.ts";

/** An equation of EinsumDense with the axes that `...` stands for written out. The first label of the input is the batch. */
export interface EinsumLabels {
  readonly kind: "labels";
  readonly equation: string;
  readonly input: readonly string[];
  readonly kernel: readonly string[];
  readonly output: readonly string[];
}

/** What is wrong with an EinsumDense, as the end of a sentence. */
export interface EinsumProblem {
  readonly kind: "problem";
  readonly problem: string;
}

/** The result of a step that found something wrong. */
export function einsumProblem(problem: string): EinsumProblem {
  return { kind: "problem", problem };
}

const letters = "([A-Za-z]+)";
const forms = [
  { pattern: new RegExp(`^${letters},${letters}->${letters}$`), elided: "none" },
  { pattern: new RegExp(`^\\.\\.\\.${letters},${letters}->\\.\\.\\.${letters}$`), elided: "left" },
  { pattern: new RegExp(`^${letters}\\.\\.\\.,${letters}->${letters}\\.\\.\\.$`), elided: "right" },
] as const;

/** Placeholder letters for the axes that `...` stands for: no letters of an equation. */
const elidedLabel = (at: number): string => `.${at}`;

/** Whether a label is of an axis that `...` stands for. */
export function isElided(label: string): boolean {
  return label.startsWith(".");
}

/**
 * Reads an equation as Keras does: `abc,cd->abd`, `...ab,bc->...ac` or `ab...,bc->ac...`, of which the first letter (with a
 * leading `...` the first axis it stands for) is the batch axis. `rank` is the input's, with that axis, and `shape` is how
 * messages call it.
 */
export function readEquation(equation: string, rank: number, shape: string): EinsumLabels | EinsumProblem {
  const form = forms.find(({ pattern }) => pattern.test(equation));
  const match = form === undefined ? null : form.pattern.exec(equation);
  if (form === undefined || match === null) {
    return einsumProblem(
      `the equation '${equation}' is none of the forms 'ab,bc->ac', '...a,ab->...b' and 'ab...,bc->ac...'`,
    );
  }
  const [, inputText = "", kernelText = "", outputText = ""] = match;
  const missing = rank - inputText.length;
  if (missing < 0 || (form.elided === "none" && missing > 0)) {
    return einsumProblem(
      `'${inputText}' names ${counted(inputText.length, "axis", "axes")} with the batch axis, and the input ${shape} has ${rank}`,
    );
  }
  const elided = Array.from({ length: missing }, (_, at) => elidedLabel(at));
  const spread = (text: string): readonly string[] =>
    form.elided === "left" ? [...elided, ...text] : [...text, ...elided];
  const [input, kernel, output] = [spread(inputText), [...kernelText], spread(outputText)] as const;
  if ([input, kernel, output].some((labels) => new Set(labels).size !== labels.length)) {
    return einsumProblem(`the equation '${equation}' repeats a letter in one part`);
  }
  const batch = input[0] as string;
  if (output[0] !== batch || kernel.includes(batch)) {
    return einsumProblem(
      `the first axis of '${equation}' is the batch axis: it must come first in the output and not be the kernel's`,
    );
  }
  return { kind: "labels", equation, input, kernel, output };
}
