/** Bytes of a weight file, and of a member of a `.keras` archive after inflating: 1 GiB. */
export const maxFileBytes = 2 ** 30;

/** Bytes of all float32 arrays of a file together: 1 GiB. */
export const maxArrayBytes = 2 ** 30;

/** Bytes of a JSON text inside a file (safetensors header, Keras configuration); safetensors' own limit. */
export const maxJsonBytes = 100_000_000;

/** Members of a `.keras` archive. Keras writes three, and some assets. */
export const maxArchiveMembers = 10_000;

/** Layers and groups of a file. */
export const maxEntries = 100_000;

/** How deep containers may nest. */
export const maxDepth = 32;

/** Axes of an array; HDF5's own limit. */
export const maxRank = 32;

/** Deflate never packs more than 1032 bytes into one; a declared size beyond that is a lie. */
export const maxInflation = 1032;
