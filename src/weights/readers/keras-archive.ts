import { fail } from "../../files/read-failure.ts";
import type { ZipArchive } from "../../files/zip.ts";
import type { WeightContainer } from "../weight-file.ts";
import { kerasParts, readKerasParts } from "./keras-parts.ts";

/** Reads a `.keras` file: a zip archive of the configuration and the arrays, which may lie in a folder of it. */
export async function readKerasArchive(archive: ZipArchive): Promise<WeightContainer> {
  const folder = folderOf(archive);
  const has = (name: string): boolean => archive.names.includes(`${folder}${name}`);
  const { config, weights, shards } = kerasParts;
  const missing = !has(config) ? config : has(weights) || has(shards) ? undefined : weights;
  if (missing !== undefined) {
    const first = archive.names.slice(0, 5).map((found) => `'${found}'`);
    fail(
      "unsupported",
      `it is a zip archive without '${missing}', as a .keras file has it; it has ${first.join(", ") || "nothing"}`,
    );
  }
  return readKerasParts(async (name, most) => (has(name) ? archive.read(`${folder}${name}`, most) : undefined));
}

/** Where the parts lie: in the archive itself, or in the one folder of it, when somebody has packed one anew. */
function folderOf({ names }: ZipArchive): string {
  const { config } = kerasParts;
  if (names.includes(config)) return "";
  const folders = names.filter((name) => name.endsWith(`/${config}`)).map((name) => name.slice(0, -config.length));
  const [only, ...others] = folders;
  return others.length === 0 ? (only ?? "") : "";
}
