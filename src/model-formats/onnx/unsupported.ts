import type { StoredNode } from "./read-graph.ts";

/** The domain of operations of TensorFlow that have no counterpart in ONNX. */
export const foreignDomain = "tensorflow";

/** One of these that is read all the same: its channels may be the last axis, which those of ONNX are not. */
export const fusedBatchNorm = "FusedBatchNorm";

/** What to do about a node that can't be imported. */
export function unsupportedHelp({ operator, domain }: StoredNode): string {
  if (domain === foreignDomain) {
    return /Conv|Pool|Resize|Pad/.test(operator)
      ? "Layers has no convolutions: save the part behind it as a model of its own, and give it what they compute"
      : "convert the Keras model to one of layers: tensorflowjs_converter --input_format=keras --output_format=tfjs_layers_model";
  }
  if (domain !== "") return "export the model with ONNX' own operators";
  if (/Conv|Pool|Resize|Upsample|Pad$/.test(operator)) {
    return "Layers has no convolutions: cut the graph, and give the part behind it what they compute";
  }
  if (/^(LSTM|GRU|RNN|Attention|MultiHeadAttention|Loop|Scan|If)$/.test(operator)) {
    return "Layers keeps no state and has no branches: cut the graph at this node";
  }
  if (/Quantize|Integer$/.test(operator)) return "export the model before quantising it";
  if (/^(ZipMap|ArgMax|TopK|Normalizer|LabelEncoder|ArrayFeatureExtractor)$/.test(operator)) {
    return "it works on the result of the model: cut the graph before it (skl2onnx has the option zipmap=False)";
  }
  return "cut the graph before and behind it, for example with onnx.utils.extract_model, or export without it";
}
