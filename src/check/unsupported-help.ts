/** What to do about a layer that a model file can't have. */
export function helpOfUnsupported(className: string): string {
  if (className === "Lambda") return "a Lambda is Python code: Rescaling, Activation and Reshape are layers";
  return unsupportedHelp(className, false)
    .replace(": save the part", ": write the part")
    .replace(/\bsave the/, "write the");
}

/** What to do about a layer that can't be imported. */
export function unsupportedHelp(className: string, foreign: boolean): string {
  if (foreign) {
    return "it is a class of the model's author: put layers of Keras in its place that compute the same, and save once more";
  }
  if (className === "Lambda") {
    return "a Lambda is Python code: put layers such as Rescaling, Activation or Reshape in its place, and save once more";
  }
  if (/^(Separable|Depthwise)?Conv\d|Pooling\dD$|UpSampling|ZeroPadding|Cropping/.test(className)) {
    return "Layers has no convolutions: save the part of the model behind them, and give it what they compute";
  }
  if (/LSTM|GRU|RNN|Bidirectional|Attention/.test(className)) {
    return "Layers keeps no state and mixes no steps: save the part of the model behind it, and give it what it computes";
  }
  if (/^(Add|Subtract|Multiply|Average|Maximum|Minimum|Concatenate|Dot)$/.test(className)) {
    return "Layers has chains of layers only: save the parts of the model that are chains";
  }
  return "put layers in its place that Layers has, or save the part of the model without it";
}
