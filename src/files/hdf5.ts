import { product } from "../ir/product.ts";
import type { ArrayBudget } from "./array-budget.ts";
import { toFloat32, type ElementType } from "./float-conversion.ts";
import { checkGlobalHeaps } from "./hdf5-heaps.ts";
import { asUtf8 } from "./hdf5-text.ts";
import { maxEntries, maxInflation, maxJsonBytes } from "./limits.ts";
import { withinMemory, type Room } from "./memory-bound.ts";
import { fail, failureOf } from "./read-failure.ts";
import type { WeightArray } from "./weight-array.ts";

/** An open HDF5 file; paths are absolute within it and start with `/`. Everything fails as `read-failure.ts` says. */
export interface Hdf5File {
  /** How long the file is. */
  readonly bytes: number;
  /** Names in a group, in HDF5's order (as text); empty for what is not a group. */
  names(path: string): readonly string[];
  isGroup(path: string): boolean;
  /** The strings of an attribute, one for a scalar; `undefined` where there is none of that name. */
  texts(path: string, attribute: string): readonly string[] | undefined;
  array(path: string, budget: ArrayBudget): WeightArray;
}

type Library = typeof import("h5wasm");
type Module = Awaited<Library["ready"]>;

/** HDF5's H5T_CSET_ASCII. */
const asciiStrings = 0;

const memoryPath = "/weights.h5";

/** Opens `bytes` in h5wasm's in-memory file system, calls `read`, and removes every trace. */
export async function readHdf5<Result>(bytes: Uint8Array, read: (file: Hdf5File) => Result): Promise<Result> {
  checkGlobalHeaps(bytes);
  const library = await import("h5wasm");
  const module = await library.ready;
  pristine ??= Uint8Array.from(module.HEAPU8);
  let file: InstanceType<Library["File"]> | undefined;
  try {
    module.FS.writeFile(memoryPath, bytes);
    file = attempt("it is not a readable HDF5 file; it may be cut off", roomFor(bytes.length), () => {
      // Else the library prints its error stack on the console.
      module.activate_throwing_error_handler();
      return new library.File(memoryPath, "r");
    });
    return read(view(library, module, file.file_id, bytes.length));
  } finally {
    closeQuietly(file);
    module.FS.unlink(memoryPath);
    if (crashed) restore(module);
  }
}

/** The library's memory before its first file. */
let pristine: Uint8Array | undefined;

/** The library's memory for all of a file but its arrays: what it has at first, its caches, and the file's own bytes. */
function roomFor(fileBytes: number): Room {
  return { bytes: (pristine?.length ?? 0) + 2 ** 25 + 4 * fileBytes };
}

/** Whether the library failed in a way that may leave its memory inconsistent, e.g. its allocator. */
let crashed = false;

/** There is one instance per process or page, and no way to make another; its state is its memory. */
function restore(module: Module): void {
  if (pristine === undefined) return;
  module.HEAPU8.set(pristine);
  module.HEAPU8.fill(0, pristine.length);
  crashed = false;
}

function closeQuietly(file: { close(): number } | undefined): void {
  try {
    file?.close();
  } catch {
    // The damage that prevents it has been reported.
    crashed = true;
  }
}

/** The library throws errors, bare numbers (C++ exceptions) and wasm traps: all mean that the file is damaged. */
function attempt<Result>(problem: string, room: Room, work: () => Result): Result {
  try {
    return withinMemory(room, work);
  } catch (error) {
    if (failureOf(error) !== undefined) throw error;
    const orderly = error instanceof Error && Object.getPrototypeOf(error) === Error.prototype;
    if (!orderly) crashed = true;
    return fail("damaged", orderly ? problem : `${problem} (the HDF5 library crashed on it)`);
  }
}

function view(library: Library, module: Module, id: bigint, fileBytes: number): Hdf5File {
  const room = roomFor(fileBytes);
  // Cyclic links make endless paths out of a small file, so paths are counted, not groups.
  let visits = 0;
  // Readers ask for a group several times, and the library looks each path up from the root.
  const groups = new Map<string, boolean>();
  const namesOf = new Map<string, readonly string[]>();
  const isGroup = (path: string): boolean => {
    const known = groups.get(path);
    if (known !== undefined) return known;
    const found = attempt(`'${path}' can't be read`, room, () => {
      if (isLinkAway(module, id, path)) fail("unsupported", `'${path}' is a link to another file; ${howToRewrite}`);
      return module.get_type(id, path) === module.H5G_GROUP;
    });
    groups.set(path, found);
    return found;
  };
  const names = (path: string): readonly string[] => {
    const known = namesOf.get(path);
    if (known !== undefined) return known;
    const found = isGroup(path)
      ? attempt(`the group '${path}' can't be read`, room, () => module.get_names(id, path, false))
      : [];
    visits += found.length + 1;
    if (visits > maxEntries) fail("too-large", `it has more than ${maxEntries} groups and arrays`);
    namesOf.set(path, found);
    return found;
  };
  return {
    bytes: fileBytes,
    isGroup,
    names,
    texts: (path, attribute) =>
      attempt(`the attribute '${attribute}' of '${path}' can't be read`, room, () => {
        if (!module.get_attribute_names(id, path).includes(attribute)) return undefined;
        const metadata = module.get_attribute_metadata(id, path, attribute);
        const count = product(metadata.shape ?? []);
        if (metadata.shape === null || count === 0) return [];
        const size = count * metadata.size;
        if (size > maxJsonBytes) fail("too-large", `the attribute '${attribute}' of '${path}' has ${size} bytes`);
        // Attributes are stored uncompressed, so no honest one is longer than the file.
        if (size > fileBytes) fail("damaged", `the attribute '${attribute}' of '${path}' claims ${size} bytes`);
        const value: unknown = new library.Group(id, path).get_attribute(attribute, false);
        const values: unknown[] = Array.isArray(value) ? value : [value];
        if (!values.every((item) => typeof item === "string")) {
          return fail("damaged", `the attribute '${attribute}' of '${path}' is not text`);
        }
        return metadata.cset === asciiStrings ? values.map(asUtf8) : values;
      }),
    array: (path, budget) => readArray(module, id, path, budget, fileBytes),
  };
}

function readArray(module: Module, id: bigint, path: string, budget: ArrayBudget, fileBytes: number): WeightArray {
  const room = roomFor(fileBytes);
  return attempt(`the array '${path}' can't be read; the file may be damaged`, room, () => {
    const kind = module.get_type(id, path);
    if (kind !== module.H5G_DATASET) fail("unsupported", `'${path}' is not an array stored in this file`);
    checkFilters(module, id, path);
    const metadata = module.get_dataset_metadata(id, path);
    const type = elementType(module, metadata.type, metadata.size, metadata.signed);
    if (type === undefined)
      return fail("unsupported", `the array '${path}' holds no floats or integers of a usual size`);
    if (metadata.shape === null) return fail("damaged", `the array '${path}' has no shape`);
    if (metadata.virtual_sources !== undefined) fail("unsupported", `the array '${path}' refers to other files`);
    const count = budget.take(metadata.shape, path);
    const size = count * type.bytes;
    const most = metadata.chunks === null ? fileBytes : fileBytes * maxInflation;
    if (size > most) fail("damaged", `the array '${path}' claims ${size} bytes, more than the file can hold`);
    if (size === 0) return { shape: metadata.shape, data: new Float32Array(0), source: path };
    // Beside the array the library unpacks its chunks.
    room.bytes += 2 * size;
    const pointer = module._malloc(size);
    if (pointer === 0) fail("too-large", `the array '${path}' needs ${size} bytes`);
    try {
      const status = module.get_dataset_data(id, path, null, null, null, BigInt(pointer));
      if (status < 0) fail("damaged", `the array '${path}' can't be read; the file may be damaged`);
      // Big-endian data arrives in little-endian order. The view is taken after the call, which may have grown the heap.
      const bytes = module.HEAPU8.subarray(pointer, pointer + size);
      const data = toFloat32(bytes, type, count);
      return { shape: metadata.shape, data, isInteger8: type.bytes === 1, source: path };
    } finally {
      module._free(pointer);
    }
  });
}

function isLinkAway(module: Module, id: bigint, path: string): boolean {
  // The root has no link.
  if (path === "/" || path === "") return false;
  try {
    const { filename } = module.get_external_link(id, path) as { readonly filename?: string };
    return filename !== undefined;
  } catch {
    // Nothing lies there, which is told by whoever looks for it.
    return false;
  }
}

const howToRewrite = "load the model in Keras and save it once more";

/** The filters that the library has: deflate (gzip), shuffle and Fletcher's checksum. */
const knownFilters: ReadonlySet<number> = new Set([1, 2, 3]);

/** Those that files of Python have besides; the library would give what a filter has left as it is. */
const filterNames: ReadonlyMap<number, string> = new Map([
  [4, "szip"],
  [5, "n-bit"],
  [6, "scale-offset"],
  [32_000, "LZF"],
  [32_001, "Blosc"],
  [32_004, "LZ4"],
  [32_015, "Zstandard"],
]);

function checkFilters(module: Module, id: bigint, path: string): void {
  const strange = module.get_dataset_filters(id, path).find((filter) => !knownFilters.has(filter.id));
  if (strange === undefined) return;
  const name = filterNames.get(strange.id) ?? `the filter ${strange.id}`;
  fail("unsupported", `the array '${path}' is compressed by ${name}; ${howToRewrite}, or h5py with compression="gzip"`);
}

function elementType(module: Module, type: number, size: number, signed: boolean): ElementType | undefined {
  if (type === module.H5T_class_t.H5T_FLOAT.value) {
    return size === 2 || size === 4 || size === 8 ? { bytes: size, class: "float" } : undefined;
  }
  if (type === module.H5T_class_t.H5T_INTEGER.value) {
    const valid = size === 1 || size === 2 || size === 4 || size === 8;
    return valid ? { bytes: size, class: signed ? "signed" : "unsigned" } : undefined;
  }
  // h5py has no type for Keras' bfloat16 and writes its bytes as opaque.
  if (type === module.H5T_class_t.H5T_OPAQUE.value && size === 2) return { bytes: 2, class: "bfloat" };
  return undefined;
}
