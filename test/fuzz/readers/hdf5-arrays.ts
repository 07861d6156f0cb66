/**
 * The arrays of float32 at some paths of an HDF5 file, by h5wasm's own way to read them; undefined for an array of another type.
 * Only for a file that layerc has taken: the library may crash on others.
 */
export async function hdf5Arrays(
  bytes: Uint8Array,
  paths: readonly string[],
): Promise<ReadonlyMap<string, Float32Array | undefined>> {
  const { File, Dataset, ready } = await import("h5wasm");
  const { FS } = await ready;
  const name = "/second-look.h5";
  FS.writeFile(name, bytes);
  const file = new File(name, "r");
  try {
    return new Map(
      paths.map((path) => {
        const found = file.get(path);
        if (!(found instanceof Dataset)) throw new Error(`no array at '${path}'`);
        const { value } = found;
        return [path, value instanceof Float32Array ? Float32Array.from(value) : undefined];
      }),
    );
  } finally {
    file.close();
    FS.unlink(name);
  }
}
