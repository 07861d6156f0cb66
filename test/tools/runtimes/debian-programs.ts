import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Debian's programs; `.ci/run` installs them. */
export const debianPrograms = {
  firefox: "/usr/bin/firefox-esr",
  jsc: "/usr/bin/jsc",
  qemu: "/usr/bin/qemu-s390x-static",
} as const;

/** Whether programs are there. Where they are not their tests are skipped, and say so; CI must have them. */
export function has(...programs: readonly string[]): boolean {
  const missing = programs.filter((program) => !existsSync(program));
  if (missing.length === 0) return true;
  const message = `tests in other engines need ${missing.join(", ")}, which .ci/run installs`;
  if (process.env["CI"] !== undefined) throw new Error(message);
  console.warn(`skipped: ${message}`);
  return false;
}

const folder = fileURLToPath(new URL("node_modules/.cache/big-endian-node", import.meta.url));

/**
 * Node on a big-endian machine, as a program and its first arguments. It is unpacked where it is missing; undefined, with a
 * word of it, where Debian's archive has nothing for that machine.
 */
export function bigEndianNode(): readonly [program: string, ...arguments_: readonly string[]] | undefined {
  const script = fileURLToPath(new URL("../../../.ci/big-endian-node.sh", import.meta.url));
  try {
    execFileSync("bash", [script, folder], { stdio: ["ignore", "inherit", "inherit"] });
  } catch (error) {
    console.warn(`skipped: the test on a big-endian machine needs Debian's packages for s390x: ${String(error)}`);
    return undefined;
  }
  return [debianPrograms.qemu, "-L", folder, `${folder}/usr/bin/node`];
}
