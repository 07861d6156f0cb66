import { originOf, type Origin } from "../targets/generated-mark.ts";
import { sidecarOrigin } from "../weights/sidecar-mark.ts";

/**
 * Whether `layerc build` wrote a file, and whether somebody has changed it since: the first line of a module says so, and
 * the metadata of a weight file, each with a checksum. Undefined for any other file.
 */
export function fileOrigin(content: Uint8Array): Origin | undefined {
  return sidecarOrigin(content) ?? originOf(new TextDecoder().decode(content));
}
