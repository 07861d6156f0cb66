/** What a file of another world is, and the command there that gives one that can be read. */
interface Foreign {
  readonly isIt: (bytes: Uint8Array, path: string) => boolean;
  readonly description: string;
}

const savedModel = "load it in Keras or TensorFlow and save the model once more: model.save('model.keras')";

const begins = (bytes: Uint8Array, text: string, at = 0): boolean =>
  [...text].every((char, index) => bytes[at + index] === char.charCodeAt(0));

/** Kinds of files that people have instead of the one that they mean, known by their content, else by their name. */
const foreign: readonly Foreign[] = [
  {
    isIt: (bytes) => begins(bytes, "version https://git-lfs"),
    description: "it is a pointer of Git LFS and not the file itself: git lfs pull fetches it",
  },
  {
    isIt: (bytes) => /^\s*<(?:!doctype|html|\?xml)/i.test(new TextDecoder().decode(bytes.subarray(0, 64))),
    description: "it is a web page or XML, as a server sends in place of a file; download the file itself",
  },
  {
    isIt: (bytes, path) => begins(bytes, "TFL3", 4) || path.endsWith(".tflite"),
    description:
      "it is a model of TensorFlow Lite, which has operations and no layers; take the Keras model that it was made of: model.save('model.keras')",
  },
  {
    isIt: (_, path) => /\.(?:pkl|pickle|joblib)$/.test(path),
    description:
      "it is a pickle of Python, which can hold anything; of scikit-learn write ONNX (skl2onnx.to_onnx(model, X[:1])), of Keras model.save('model.keras'), of PyTorch torch.onnx.export(model, x, 'model.onnx')",
  },
  {
    isIt: (_, path) => /\.(?:pt|pth|ptl)$/.test(path),
    description: "it is a file of PyTorch: write the model as ONNX with torch.onnx.export(model, x, 'model.onnx')",
  },
  {
    isIt: (_, path) => path.endsWith(".pb"),
    description: `it is of a SavedModel or graph of TensorFlow; ${savedModel}`,
  },
  {
    isIt: (_, path) => /\.(?:ckpt|index|data-\d+-of-\d+)$/.test(path),
    description: `it is of a checkpoint of TensorFlow; ${savedModel}`,
  },
  {
    isIt: (_, path) => /\.(?:mlmodel|mlpackage)$/.test(path),
    description: "it is a model of Core ML; take the Keras or PyTorch model that it was made of",
  },
];

/** What a file is that is none of those that can be read, as a clause without a final stop; undefined for what nobody knows. */
export function describeForeign(bytes: Uint8Array, path: string): string | undefined {
  const lower = path.toLowerCase();
  return foreign.find(({ isIt }) => isIt(bytes, lower))?.description;
}
