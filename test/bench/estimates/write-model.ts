import { writeFileSync } from "node:fs";
import path from "node:path";
import { writeSafetensors } from "../../../src/files/write-safetensors.ts";
import { elementCount } from "../../../src/ir/shape.ts";
import { randomFloats } from "../network.ts";
import { lowerText } from "./lower.ts";
import type { EstimatedModel } from "./models.ts";

const calls = 16;

/** Writes a model into a folder as `writeWorkload` writes a network, for contenders that read `net.layers` and inputs alone. */
export async function writeModel(folder: string, { text, below }: EstimatedModel): Promise<void> {
  const { lowered, arrays } = await lowerText(text);
  const [inputs, outputs] = [lowered.model.inputShape, lowered.model.outputShape].map(
    (shape) => elementCount(shape).factor,
  );
  const samples = randomFloats(`inputs of ${inputs}`, calls * (inputs ?? 0), 1);
  const given = below === undefined ? samples : samples.map((sample) => Math.floor(Math.abs(sample) * below));
  writeFileSync(path.join(folder, "shape.txt"), `${inputs} ${outputs} 1 ${calls} ${calls} 0\n`);
  writeFileSync(path.join(folder, "inputs.bin"), new Uint8Array(given.buffer));
  writeFileSync(path.join(folder, "weights.bin"), "");
  writeFileSync(path.join(folder, "net.layers"), text.replace("{", '{ weights "./net.safetensors"'));
  writeFileSync(path.join(folder, "net.safetensors"), writeSafetensors(arrays));
}
