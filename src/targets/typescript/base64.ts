/** Little-endian bytes of numbers as base64, without padding. */
export function numbersToBase64(values: Float32Array | Float64Array | Uint32Array | Int32Array): string {
  const bytes = new Uint8Array(values.length * values.BYTES_PER_ELEMENT);
  const view = new DataView(bytes.buffer);
  if (values instanceof Float64Array) values.forEach((value, at) => view.setFloat64(at * 8, value, true));
  else if (values instanceof Uint32Array) values.forEach((value, at) => view.setUint32(at * 4, value, true));
  else if (values instanceof Int32Array) values.forEach((value, at) => view.setInt32(at * 4, value, true));
  else values.forEach((value, at) => view.setFloat32(at * 4, value, true));
  return bytesToBase64(bytes);
}

/** Bytes as base64 without padding, which a decoder doesn't need that knows the length of the text. */
export function bytesToBase64(bytes: Uint8Array): string {
  // In chunks of whole triples: `String.fromCharCode` takes its bytes as arguments.
  const chunk = 3 * 4096;
  let text = "";
  for (let at = 0; at < bytes.length; at += chunk) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + chunk)));
  }
  return text.replace(/=+$/, "");
}
