/** A safetensors file with any text as its header, any data behind it, and any length that it claims for the header. */
export function safetensorsFile(header: string, data = new Uint8Array(0), claimed?: number | bigint): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(claimed ?? text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}
