import { writeSafetensors } from "../../../src/files/write-safetensors.ts";

/** A file with two models: one is used, with weights and a block of another file, the other is not. */
const twoModels = `import { Tail } from "./blocks.layers"

model Used {
  weights "./used.safetensors"
  input [2]
  hidden: Dense(2)
  Tail()
}

model Unused {
  input [3]
  leftover: Dense(5)
}
`;

/** The tail of `Used`, which doubles what it gets. */
export const blocks = "block Tail() {\n  Rescaling(2)\n}\n";

/** The line of `two.layers` that declares the layer `hidden`, from 1. */
export const hiddenLine = 6;

/** `Used` multiplies with this, and doubles. */
export function weights(factor: number): Uint8Array {
  const kernel = { name: "hidden.kernel", shape: [2, 2], data: Float32Array.of(factor, 0, 0, factor) };
  return writeSafetensors([kernel, { name: "hidden.bias", shape: [2], data: new Float32Array(2) }], {});
}

/** A program that prints what `Used` makes of 1 and 2. */
const program = `import { used } from "./models/two.layers";
console.log([...used.forward([1, 2])].join(" "));
`;

/** The files of a project; `Used` makes 6 and 12 of 1 and 2. */
export const sample: Readonly<Record<string, string | Uint8Array>> = {
  "main.js": program,
  "models/two.layers": twoModels,
  "models/blocks.layers": blocks,
  "models/used.safetensors": weights(3),
};

/** The file with two models, changed. */
export function changed(from: string, to: string): string {
  return twoModels.replace(from, to);
}
