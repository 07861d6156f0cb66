/** What to do about a layer that a model file can't have. */
export function helpOfUnsupported(className: string): string {
  if (className === "Lambda") return "a Lambda is Python code: Rescaling, Activation and Reshape are layers";
  return partsWithout(className, "write");
}

/** What to do about a layer that can't be imported; `foreign` is one of the model's author. */
export function helpOfUnimported(className: string, foreign: boolean): string {
  if (foreign) {
    return "it is a class of the model's author: put layers of Keras in its place that compute the same, and save once more";
  }
  if (className === "Lambda") {
    return "a Lambda is Python code: put layers such as Rescaling, Activation or Reshape in its place, and save once more";
  }
  return partsWithout(className, "save");
}

/** The part of a model that can be had without such a layer, and what is to be done with it. */
function partsWithout(className: string, toDo: "write" | "save"): string {
  if (/^(Separable|Depthwise)?Conv\d|Pooling\dD$|UpSampling|ZeroPadding|Cropping/.test(className)) {
    return `Layers has no convolutions: ${toDo} the part of the model behind them, and give it what they compute`;
  }
  if (/LSTM|GRU|RNN|Bidirectional|Attention/.test(className)) {
    return `Layers keeps no state and mixes no steps: ${toDo} the part of the model behind it, and give it what it computes`;
  }
  if (/^(Add|Subtract|Multiply|Average|Maximum|Minimum|Concatenate|Dot)$/.test(className)) {
    return `Layers has chains of layers only: ${toDo} the parts of the model that are chains`;
  }
  return `put layers in its place that Layers has, or ${toDo} the part of the model without it`;
}
