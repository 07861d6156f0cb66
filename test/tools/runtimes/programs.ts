import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The runtimes' own files, called as they are: the packages' install scripts are not needed. */
const installed = (file: string): string => fileURLToPath(new URL(`node_modules/${file}`, import.meta.url));

export const programs = {
  node20: installed("node20/bin/node"),
  node22: installed("node22/bin/node"),
  node24: installed("node24/bin/node"),
  node26: installed("node26/bin/node"),
  bun: installed("@oven/bun-linux-x64-baseline/bin/bun"),
  deno: installed("@deno/linux-x64-glibc/deno"),
  hermes: installed("hermes-engine-cli/linux64-bin/hermes"),
  workerd: installed("@cloudflare/workerd-linux-64/bin/workerd"),
} as const;

/** Where they don't run their tests are skipped, and say so; CI must have them. */
export const hasPrograms = Object.values(programs).every((program) => existsSync(program));
if (!hasPrograms) {
  const message =
    "tests in other runtimes need Linux on x64 with glibc, and what `npm ci` in test/tools/runtimes installs";
  if (process.env["CI"] !== undefined) throw new Error(message);
  console.warn(`skipped: ${message}`);
}
