/** How the bytes of a file are packed; HDF5 holds two layouts of Keras, which show only inside. */
export type Packing = "safetensors" | "zip" | "hdf5";

/** For messages. */
export const supportedFormats = ".safetensors, .npz, .keras, .weights.h5, .h5 and .pt";

const hdf5Signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** How far into a file HDF5 may begin, behind a block of its user: at 512 bytes, or a power of two times that. */
const longestUserBlock = 1 << 20;

/** Packing by the first bytes. safetensors has no signature; its header is an object, after 8 bytes of length. */
export function detectPacking(bytes: Uint8Array): Packing | undefined {
  const startsWith = (signature: readonly number[], at = 0) =>
    signature.every((byte, index) => bytes[at + index] === byte);
  if (startsWith(hdf5Signature)) return "hdf5";
  if (startsWith([0x50, 0x4b, 0x03, 0x04]) || startsWith([0x50, 0x4b, 0x05, 0x06])) return "zip";
  if (bytes.length >= 9 && bytes[8] === 0x7b && bytes[6] === 0 && bytes[7] === 0) return "safetensors";
  for (let at = 512; at <= longestUserBlock; at *= 2) if (startsWith(hdf5Signature, at)) return "hdf5";
  return undefined;
}

/** Packing by the end of the path; `undefined` where the ending says nothing. */
export function packingOfPath(path: string): Packing | undefined {
  const lower = path.toLowerCase();
  if (lower.endsWith(".safetensors")) return "safetensors";
  if (/\.(?:keras|npz|pt|pth)$/.test(lower)) return "zip";
  if (lower.endsWith(".h5") || lower.endsWith(".hdf5")) return "hdf5";
  return undefined;
}
