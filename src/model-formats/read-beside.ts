import { fail } from "../files/read-failure.ts";
import { shorten } from "../files/shorten.ts";
import type { Host } from "../load/host.ts";
import type { ReadPart } from "../weights/readers/shards.ts";

/** Whether a name that a model has for a file means one in its own folder or below: a model must not open any file it likes. */
export function isBeside(name: string): boolean {
  return /^[^/\\:]+(\/[^/\\:]+)*$/.test(name) && !name.split("/").includes("..");
}

/** Reads a file of arrays in the folder of the model that names it. Leaves with `fail` where it can't be read. */
export async function readBeside(name: string, model: string, host: Host): Promise<Uint8Array> {
  const read = await host.readBytes(host.resolve(model, `./${name}`));
  return read.ok
    ? read.content
    : fail("incomplete", `its file of arrays '${shorten(name)}' can't be read: ${read.reason}`);
}

/** Reads files in the folder of a file, where they are there. */
export function readsBeside(path: string, host: Host): ReadPart {
  return async (name) => {
    const file = await host.readBytes(host.resolve(path, `./${name}`));
    return file.ok ? file.content : undefined;
  };
}
