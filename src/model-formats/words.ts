import { modelFormats } from "./index.ts";

/** The files that can be imported, in words: `.keras, .h5, model.json and .onnx`. */
export function modelFiles(conjunction: "and" | "or"): string {
  return inWords(
    modelFormats.flatMap(({ files }) => files),
    conjunction,
  );
}

/** Whose models can be imported, in words: `Keras, TensorFlow.js or ONNX`. */
export function modelTools(): string {
  return inWords(
    modelFormats.map(({ tool }) => tool),
    "or",
  );
}

function inWords(items: readonly string[], conjunction: string): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}
