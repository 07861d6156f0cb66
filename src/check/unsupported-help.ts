/** How one has the part of a model behind its last layer that can't be imported, or else that in front of the first. */
export interface PartWithout {
  readonly behind?: string;
  readonly front?: string;
}

/** What to do about a layer that a model file can't have. */
export function helpOfUnsupported(className: string): string {
  if (className === "Lambda") return "a Lambda is Python code: Rescaling, Activation and Reshape are layers";
  return partsWithout(className, "write");
}

/**
 * What to do about a layer that can't be imported; `foreign` is one of the model's author, and `how` has the part
 * of the model without it.
 */
export function helpOfUnimported(className: string, foreign: boolean, how: PartWithout = {}): string {
  if (foreign) {
    return "it is a class of the model's author: put layers of Keras in its place that compute the same, and save once more";
  }
  if (className === "Lambda") {
    return "a Lambda is Python code: put layers such as Rescaling, Activation or Reshape in its place, and save once more";
  }
  return partsWithout(className, "save", how);
}

/** The part of a model that can be had without such a layer, and what is to be done with it. */
function partsWithout(className: string, toDo: "write" | "save", { behind, front }: PartWithout = {}): string {
  const inFront = front === undefined ? "" : `; ${front}`;
  const inserted = behind === undefined ? "," : `, ${behind},`;
  const appended = behind === undefined ? inFront : `: ${behind}`;
  if (/^(Separable|Depthwise)?Conv\d|Pooling\dD$|UpSampling|ZeroPadding|Cropping/.test(className)) {
    return `Layers has no convolutions: ${toDo} the part of the model behind them${inserted} and give it what they compute${inFront}`;
  }
  if (/LSTM|GRU|RNN|Bidirectional|Attention/.test(className)) {
    return `Layers keeps no state and mixes no steps: ${toDo} the part of the model behind it${inserted} and give it what it computes${inFront}`;
  }
  if (/^(Add|Subtract|Multiply|Average|Maximum|Minimum|Concatenate|Dot)$/.test(className)) {
    return `Layers has chains of layers only: ${toDo} the parts of the model that are chains${appended}`;
  }
  return `put layers in its place that Layers has, or ${toDo} the part of the model without it${appended}`;
}
