import { detectPacking, packingOfPath, supportedFormats, type Packing } from "../files/detect-packing.ts";
import { maxFileBytes } from "../files/limits.ts";
import { describeForeign } from "../files/foreign-content.ts";
import { describePickled } from "../files/pickled.ts";
import type { KerasConfig } from "../keras/keras-config.ts";
import { fail, failureOf, type ReadFailure } from "../files/read-failure.ts";
import type { ReadPart } from "./readers/shards.ts";
import type { WeightContainer, WeightFile, WeightFormat } from "./weight-file.ts";

export type ReadResult =
  { readonly ok: true; readonly file: WeightFile } | { readonly ok: false; readonly failure: ReadFailure };

/**
 * Reads a file of trained arrays. Its first bytes give the format; the ending of `path` must not contradict them. The
 * reader and its library are loaded only now. Any content gives a result: no bytes make it throw. `read` reaches the files
 * beside it, for those that name others.
 */
export async function readWeightFile(bytes: Uint8Array, path: string, read?: ReadPart): Promise<ReadResult> {
  return readSafely(async () => {
    checkFileSize(bytes);
    return { file: { path, ...(await readPackedWeights(bytes, path, read === undefined ? {} : { read })) } };
  });
}

/** Reads the folder at `path` that Keras has written in place of a `.keras` file, or that one was unzipped to. */
export async function readWeightFolder(path: string, read: ReadPart): Promise<ReadResult> {
  return readSafely(async () => {
    const { readKerasParts } = await import("./readers/keras-parts.ts");
    return { file: { path, format: "keras-archive" as const, root: await readKerasParts(read) } };
  });
}

/** What `read` gives, or the failure it leaves with. Throws for any other error, which is a bug. */
export async function readSafely<Result extends object>(
  read: () => Promise<Result>,
): Promise<({ readonly ok: true } & Result) | { readonly ok: false; readonly failure: ReadFailure }> {
  try {
    return { ok: true, ...(await read()) };
  } catch (error) {
    const failure = failureOf(error);
    if (failure !== undefined) return { ok: false, failure };
    // An allocation that the machine refuses, or JSON that nests too deep.
    if (error instanceof RangeError)
      return { ok: false, failure: { kind: "too-large", message: "it needs too much memory" } };
    throw error;
  }
}

/** Leaves with `fail` for a file without bytes or with too many. */
export function checkFileSize(bytes: Uint8Array): void {
  if (bytes.length > maxFileBytes) fail("too-large", `it has more than ${maxFileBytes} bytes`);
  if (bytes.length === 0) fail("damaged", "it is empty");
}

/** What a file of arrays may need besides its bytes. */
export interface Surroundings {
  /** Reaches the files beside it. */
  readonly read?: ReadPart;
  /** The model that it has the arrays of, where another file describes it. */
  readonly config?: KerasConfig;
}

/** Reads arrays, with the description of their layers where there is one. Leaves with `fail` where that can't be. */
export async function readPackedWeights(
  bytes: Uint8Array,
  path: string,
  { read, config }: Surroundings = {},
): Promise<{ readonly format: WeightFormat; readonly root: WeightContainer }> {
  const map = read === undefined ? undefined : isMapOfShards(bytes, path) ? bytes : await mapOfShard(path, read);
  if (read !== undefined && map !== undefined) {
    const { readShards } = await import("./readers/shards.ts");
    const { readKerasWeights } = await import("./readers/keras-weights.ts");
    return { format: "keras-weights", root: readKerasWeights(await readShards(map, read), config) };
  }
  const packing = choosePacking(bytes, path);
  switch (packing) {
    case "safetensors": {
      const { readSafetensors } = await import("./readers/safetensors.ts");
      return { format: "safetensors", root: described(readSafetensors(bytes), config) };
    }
    case "zip": {
      const { readZipModel } = await import("./readers/zip-model.ts");
      const { format, root } = await readZipModel(bytes);
      return { format, root: described(root, config) };
    }
    case "hdf5": {
      const { readHdf5Model } = await import("./readers/hdf5-model.ts");
      return readHdf5Model(bytes, config);
    }
  }
}

/** JSON, by its first character that is no white space; a safetensors file has its length there. */
function isMapOfShards(bytes: Uint8Array, path: string): boolean {
  if (!path.toLowerCase().endsWith(".json") || detectPacking(bytes) !== undefined) return false;
  return /^\s*\{/.test(new TextDecoder().decode(bytes.subarray(0, 64)));
}

/** The map that a file of Keras' shards belongs to, `w.weights.json` beside `w_00000.weights.h5`: one of them means all. */
async function mapOfShard(path: string, read: ReadPart): Promise<Uint8Array | undefined> {
  const [, name] = /([^/\\]+)_\d{5}\.weights\.h5$/.exec(path) ?? [];
  return name === undefined ? undefined : read(`${name}.weights.json`);
}

/** Arrays with the description of their model. */
function described(root: WeightContainer, config: KerasConfig | undefined): WeightContainer {
  return config === undefined ? root : { ...root, name: config.name, branched: config.branched, keras: config };
}

const packingNames: Readonly<Record<Packing, string>> = {
  safetensors: "safetensors",
  zip: "zip, as .keras, .npz and PyTorch's files are",
  hdf5: "HDF5, as .h5 files are",
};

function choosePacking(bytes: Uint8Array, path: string): Packing {
  const found = detectPacking(bytes);
  const expected = packingOfPath(path);
  const pickled = found === undefined ? describePickled(bytes) : undefined;
  if (pickled !== undefined) return fail("unsupported", pickled);
  const foreign = found === undefined ? describeForeign(bytes, path) : undefined;
  if (foreign !== undefined) return fail("unsupported", foreign);
  if (found === undefined && expected === undefined) {
    return fail("unsupported", `its format is unknown; supported are ${supportedFormats}`);
  }
  // What a file holds counts, not its name: Keras up to 2.12 wrote HDF5 whatever the name was.
  return found ?? fail("damaged", `its content is not ${packingNames[expected as Packing]}`);
}
