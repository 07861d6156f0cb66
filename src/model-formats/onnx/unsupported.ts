import type { StoredNode } from "./read-graph.ts";

/** What to do about a node that can't be imported. */
export function unsupportedHelp({ operator, domain }: StoredNode): string {
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
