import { execFile, execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { serve } from "./chromium.ts";
import { buildModules, type Built } from "./runtimes/build.ts";
import type { Backend, RuntimeResult } from "./runtimes/case.ts";
import { debianPrograms, has } from "./runtimes/debian-programs.ts";
import { placesOf, type Engine } from "./runtimes/engines.ts";
import { expectResult } from "./runtimes/expect-result.ts";
import type { Force } from "./runtimes/force.ts";
import { servedFiles } from "./runtimes/pages.ts";
import { hasPrograms, programs } from "./runtimes/programs.ts";

let built: Built;
beforeAll(async () => {
  built = await buildModules();
});

const driver = fileURLToPath(new URL("runtimes/firefox.mjs", import.meta.url));

const isThere = has(debianPrograms.firefox) && hasPrograms;

/** Debian has one of two, which differ: that of a release, and its security updates. */
const isRelaxed =
  isThere && Number(/\d+/.exec(String(execFileSync(debianPrograms.firefox, ["--version"])))?.[0]) >= 145;
const most: Backend = isRelaxed ? "wasm-relaxed-simd" : "wasm-simd";

/** Everywhere in Firefox: what a policy permits, and the path that is taken where something is taken from it. */
const policies: readonly (readonly [policy: string | undefined, force: Force, best: Backend])[] = [
  [undefined, "as-it-is", most],
  [undefined, "without-relaxed-simd", most],
  [undefined, "without-webassembly", most],
  ["default-src 'self'", "as-it-is", "typescript"],
];

test.runIf(isThere).each(policies)(
  "the generated modules of all examples run in a page, a worker and an audio worklet of Firefox with the policy %s, %s",
  async (policy, force, best) => {
    const headers = policy === undefined ? {} : { "content-security-policy": policy };
    const url = await serve(servedFiles(built, force), headers);
    const arguments_ = [driver, debianPrograms.firefox, url];
    const { stdout } = await promisify(execFile)(programs.node24, arguments_, { maxBuffer: 2 ** 28 });
    const { found, complaints } = JSON.parse(stdout) as {
      readonly found: Readonly<Record<string, RuntimeResult>>;
      readonly complaints: readonly string[];
    };
    // A policy that forbids WebAssembly is told of at each module.
    expect(complaints.filter((text) => policy === undefined || !text.includes("blocked WebAssembly"))).toEqual([]);
    expect(Object.keys(found)).toEqual(["page", "worker", "worklet"]);
    const places = placesOf(isRelaxed ? "Firefox ESR" : "Firefox 140 ESR");
    for (const [place, result] of Object.entries(found)) {
      // No policy reached worklets before.
      const ownBest = !isRelaxed && place === "worklet" ? most : best;
      expectResult(built, result, { engine: places[place] as Engine, best: ownBest, force });
    }
  },
);
