import { unzipSync, zipSync } from "fflate";
import { mutateBytes, mutateText, mutateValues } from "./mutate.ts";
import type { Random } from "./random.ts";

/** Of all members, and on every machine: an archive made now is no other one tomorrow. */
const mtime = "2000-01-02T03:04:05";

/** An archive of which one member is changed, with right checksums; undefined for what is none. */
export function mutateArchive(sound: Uint8Array, random: Random): Uint8Array | undefined {
  let members: Record<string, Uint8Array>;
  try {
    members = unzipSync(sound);
  } catch {
    return undefined;
  }
  const name = random.pick(Object.keys(members));
  const content = members[name];
  if (content === undefined) return undefined;
  const changed =
    name.endsWith(".json") && random.chance(0.8)
      ? new TextEncoder().encode(
          random.pick([mutateText, mutateValues, mutateValues])(new TextDecoder().decode(content), random),
        )
      : mutateBytes(content, random);
  return zipSync({ ...members, [name]: changed }, { level: 0, mtime });
}
