/** The arrays of a safetensors file of float32, read in the shortest way; undefined where one is of another type. */
export function safetensorsArrays(bytes: Uint8Array): readonly Float32Array[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 8 + Number(view.getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, start))) as Record<
    string,
    { dtype: string; data_offsets: [number, number] }
  >;
  const entries = Object.entries(header).flatMap(([key, entry]) => (key === "__metadata__" ? [] : [entry]));
  if (entries.some(({ dtype }) => dtype !== "F32")) return undefined;
  return entries.map(({ data_offsets: [from, to] }) => new Float32Array(bytes.slice(start + from, start + to).buffer));
}
