import { readNpy } from "../files/npy.ts";
import { fail } from "../files/read-failure.ts";
import { isNpz } from "../weights/readers/npz.ts";
import { openZip } from "../files/zip.ts";
import { createValueBudget } from "./case-array.ts";
import type { CaseArray, CasesFile } from "./cases.ts";
import { maxCasesBytes } from "./limits.ts";

/**
 * Reads what `numpy.savez(file, inputs=..., outputs=..., hidden=...)` writes: any other array is the outputs of the layer
 * of that name, with `/` before the layers of nested models. The values are float32.
 */
export async function readNpzCases(bytes: Uint8Array): Promise<CasesFile> {
  const archive = openZip(bytes);
  if (!isNpz(archive)) fail("unsupported", "it is a zip archive, but not one of numpy's arrays (.npz)");
  const budget = createValueBudget();
  const arrays = new Map<string, CaseArray>();
  let left = maxCasesBytes;
  for (const member of archive.names) {
    const name = member.slice(0, -".npy".length);
    const content = await archive.read(member, left);
    left -= content.length;
    const { shape, data } = readNpy(content, name, budget);
    arrays.set(name, { name, shape, data: Float64Array.from(data) });
  }
  const inputs = arrays.get("inputs");
  const outputs = arrays.get("outputs");
  if (inputs === undefined) return fail("damaged", "it has no array 'inputs'");
  if (outputs === undefined) return fail("damaged", "it has no array 'outputs'");
  arrays.delete("inputs");
  arrays.delete("outputs");
  return { kind: "one", cases: { inputs, outputs, layers: { kind: "by-path", outputs: arrays } } };
}
