import type { Host } from "../load/host.ts";
import { fail, type ReadFailure } from "../files/read-failure.ts";
import { checkFileSize, readSafely } from "../weights/read-weight-file.ts";
import type { WeightFile } from "../weights/weight-file.ts";
import type { ImportFormat } from "./formats/format.ts";
import { importFormats } from "./formats/index.ts";
import { importFiles } from "./formats/words.ts";

/** What has been read, and by which format. */
export interface ReadModelFile {
  readonly file: WeightFile;
  readonly importFormat: ImportFormat;
}

/**
 * Reads a file of a whole model, with its description in `keras` of every container and layer where it has one. The path
 * and the first bytes give the format. Any content gives a result: no bytes make it throw.
 */
export async function readModelFile(
  bytes: Uint8Array,
  path: string,
  host: Host,
): Promise<({ readonly ok: true } & ReadModelFile) | { readonly ok: false; readonly failure: ReadFailure }> {
  return readSafely(async () => {
    checkFileSize(bytes);
    const importFormat = importFormats.findLast(({ detect }) => detect(path.toLowerCase(), bytes));
    if (importFormat === undefined)
      return fail("unsupported", `its format is unknown; imported are ${importFiles("and")}`);
    return { file: { path, ...(await importFormat.read(bytes, path, host)) }, importFormat };
  });
}
