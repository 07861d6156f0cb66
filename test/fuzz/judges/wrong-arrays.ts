import type { WeightArray } from "../../../src/files/weight-array.ts";
import { readWeightFile } from "../../../src/weights/read-weight-file.ts";
import type { WeightContainer, WeightEntry } from "../../../src/weights/weight-file.ts";
import type { FuzzInput } from "../inputs.ts";
import { arrayDigest } from "../readers/array-digest.ts";
import { hdf5Arrays } from "../readers/hdf5-arrays.ts";
import { npzArrays } from "../readers/npz-arrays.ts";
import { safetensorsArrays } from "../readers/safetensors-arrays.ts";
import { torchArrays } from "../readers/torch-arrays.ts";
import { unzipped } from "../readers/unzipped.ts";

/** Arrays that are read have to be those that another reader sees in the file. */
export async function wrongArrays(
  { files, kind }: Pick<FuzzInput, "files" | "kind">,
  counts: Record<string, number>,
  read: typeof readWeightFile = readWeightFile,
): Promise<string | undefined> {
  const ending = /^weights (\.\w+)$/.exec(kind)?.[1];
  if (ending === undefined) return undefined;
  const bytes = files[`w${ending}`] as Uint8Array;
  const result = await read(bytes, `w${ending}`);
  if (!result.ok) return undefined;
  const ours = arraysOf(result.file.root);
  const count = (what: string): void => void (counts[`arrays ${what}`] = (counts[`arrays ${what}`] ?? 0) + 1);
  if (ending === ".h5" || ending === ".keras") {
    const file = ending === ".h5" ? bytes : unzipped(bytes)?.find(({ name }) => name.endsWith(".weights.h5"))?.content;
    if (file === undefined || isDerived(file, ours)) return void count(`${ending} not judged`);
    const paths = await hdf5Arrays(
      file,
      ours.map(({ source }) => source),
    );
    const strange = ours.filter(({ source, data }) => {
      const found = paths.get(source);
      return found !== undefined && arrayDigest(found) !== arrayDigest(data);
    });
    count(`${ending} judged`);
    return describe(strange.length, ours.length);
  }
  const inFile = (ending === ".npz" ? npzArrays : ending === ".pt" ? torchArrays : safetensorsArrays)(bytes);
  // Of another type than float32 there is an array: the shortest way reads none.
  if (inFile === undefined) return void count(`${ending} not judged`);
  const theirs = new Set(inFile.map(arrayDigest));
  count(`${ending} judged`);
  return describe(ours.filter(({ data }) => !theirs.has(arrayDigest(data))).length, ours.length);
}

function describe(strange: number, all: number): string | undefined {
  return strange === 0 ? undefined : `${strange} of ${all} arrays are not those of the file`;
}

/** Whether layerc computes arrays from others: of integers and scales, of the parts of LoRA. */
function isDerived(file: Uint8Array, ours: readonly WeightArray[]): boolean {
  return ours.some(({ isInteger8 }) => isInteger8 === true) || Buffer.from(file).includes("lora");
}

function arraysOf(entry: WeightContainer | WeightEntry): readonly WeightArray[] {
  return entry.kind === "layer" ? entry.arrays : entry.entries.flatMap(arraysOf);
}
