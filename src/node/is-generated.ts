import { sidecarModel } from "../weights/sidecar.ts";

/** How far into a file its origin is looked for, bytes. */
const reach = 1024;

/**
 * Whether `layerc build` wrote a file: the first line of a module is a comment that names layerc, a weight file says so in
 * its metadata. Other files are never overwritten.
 */
export function isGenerated(content: Uint8Array): boolean {
  if (sidecarModel(content) !== undefined) return true;
  const [firstLine = ""] = new TextDecoder().decode(content.subarray(0, reach)).split(/\r?\n/, 1);
  return /^(\/\/|\/\*).*\blayerc\b/.test(firstLine);
}
