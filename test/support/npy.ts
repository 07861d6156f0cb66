/** A `.npy` file, version 1. */
export function npy(type: "<f4" | "<f8" | "<i8", shape: readonly number[], values: readonly number[]): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': ${tuple}, }\n`;
  const width = type === "<f4" ? 4 : 8;
  const bytes = new Uint8Array(10 + header.length + width * values.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length % 256, header.length >> 8]);
  bytes.set(new TextEncoder().encode(header), 10);
  const view = new DataView(bytes.buffer, 10 + header.length);
  values.forEach((value, at) => {
    if (type === "<f4") view.setFloat32(4 * at, value, true);
    else if (type === "<f8") view.setFloat64(8 * at, value, true);
    else view.setBigInt64(8 * at, BigInt(value), true);
  });
  return bytes;
}
