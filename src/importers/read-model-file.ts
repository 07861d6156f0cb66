import type { Host } from "../load/host.ts";
import { describeForeign } from "../files/foreign-content.ts";
import { fail, type ReadFailure } from "../files/read-failure.ts";
import { checkFileSize, readSafely } from "../weights/read-weight-file.ts";
import type { WeightFile } from "../weights/weight-file.ts";
import { modelFormats } from "../model-formats/index.ts";
import type { ImportChoice, ModelFormat, ReadModel } from "../model-formats/model-format.ts";
import { modelFiles } from "../model-formats/words.ts";

/** What has been read, and by which format. */
export interface ReadModelFile extends Pick<
  ReadModel,
  "carriedOver" | "labels" | "leftOut" | "weightsBeside" | "withoutArrays"
> {
  readonly file: WeightFile;
  readonly format: ModelFormat;
}

/**
 * Reads a file of a whole model, with its description in `keras` of every container and layer where it has one. The path
 * and the first bytes give the format. Of it what is chosen. Any content gives a result: no bytes make it throw.
 */
export async function readModelFile(
  bytes: Uint8Array,
  path: string,
  host: Host,
  choice: ImportChoice = {},
): Promise<({ readonly ok: true } & ReadModelFile) | { readonly ok: false; readonly failure: ReadFailure }> {
  return readSafely(async () => {
    checkFileSize(bytes);
    // Whatever it is called, for these say so themselves.
    const foreign = describeForeign(bytes, "");
    if (foreign !== undefined) return fail("unsupported", foreign);
    const format = await formatOf(bytes, path.toLowerCase());
    if (format === undefined) {
      const known = describeForeign(bytes, path) ?? "its format is unknown";
      return fail("unsupported", `${known}; imported are ${modelFiles("and")}, and scripts (.py, .ipynb)`);
    }
    if (choice.weights !== undefined && format.fileName === undefined) {
      return fail("unsupported", "it has its weights itself: --weights is for an architecture alone (to_json)");
    }
    const { root, format: packing, ...found } = await format.read(bytes, path, host, choice);
    return { file: { path, format: packing, root }, format, ...found };
  });
}

async function formatOf(bytes: Uint8Array, path: string): Promise<ModelFormat | undefined> {
  for (const format of modelFormats.toReversed()) if (await format.detect(path, bytes)) return format;
  return undefined;
}
