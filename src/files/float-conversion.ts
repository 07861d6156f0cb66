/** An element type that can be converted to float32. */
export interface ElementType {
  readonly bytes: 1 | 2 | 4 | 8;
  readonly class: "float" | "bfloat" | "signed" | "unsigned";
}

/** Converts `count` little-endian elements at the start of `bytes` to float32, rounding to nearest. */
export function toFloat32(bytes: Uint8Array, type: ElementType, count: number): Float32Array {
  const result = new Float32Array(count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = reader(view, type);
  for (let index = 0; index < count; index++) result[index] = read(index * type.bytes);
  return result;
}

function reader(view: DataView, type: ElementType): (offset: number) => number {
  switch (type.class) {
    case "bfloat":
      return (offset) => bfloat16(view.getUint16(offset, true));
    case "float":
      if (type.bytes === 8) return (offset) => view.getFloat64(offset, true);
      if (type.bytes === 4) return (offset) => view.getFloat32(offset, true);
      return (offset) => float16(view.getUint16(offset, true));
    case "signed":
      if (type.bytes === 8) return (offset) => Number(view.getBigInt64(offset, true));
      if (type.bytes === 4) return (offset) => view.getInt32(offset, true);
      if (type.bytes === 2) return (offset) => view.getInt16(offset, true);
      return (offset) => view.getInt8(offset);
    case "unsigned":
      if (type.bytes === 8) return (offset) => Number(view.getBigUint64(offset, true));
      if (type.bytes === 4) return (offset) => view.getUint32(offset, true);
      if (type.bytes === 2) return (offset) => view.getUint16(offset, true);
      return (offset) => view.getUint8(offset);
  }
}

/** IEEE 754 binary16: 1 sign, 5 exponent, 10 fraction bits. */
function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

const scratch = new DataView(new ArrayBuffer(4));

/** The upper half of a float32. */
function bfloat16(bits: number): number {
  scratch.setUint32(0, bits << 16);
  return scratch.getFloat32(0);
}
