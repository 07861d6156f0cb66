import { beforeAll, expect, test } from "vitest";
import { hasChromium, openPage, serve } from "./chromium.ts";
import { buildModules, type Built } from "./runtimes/build.ts";
import type { Backend, RuntimeResult } from "./runtimes/case.ts";
import { placesOf, type Engine } from "./runtimes/engines.ts";
import { expectResult } from "./runtimes/expect-result.ts";
import { forces, type Force } from "./runtimes/force.ts";
import { servedFiles } from "./runtimes/pages.ts";

let built: Built;

beforeAll(async () => {
  if (hasChromium) built = await buildModules();
});

/** Headers, and the best path that they permit. */
const policies: Readonly<Record<string, readonly [header: string | undefined, best: Backend]>> = {
  "no Content-Security-Policy": [undefined, "wasm-relaxed-simd"],
  "default-src 'self'": ["default-src 'self'", "typescript"],
  "script-src 'self' 'wasm-unsafe-eval'": [
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
    "wasm-relaxed-simd",
  ],
};

/** Paths are forced where nothing else stands in their way. */
const pages = Object.entries(policies).flatMap(([policy, [header, best]]) =>
  (Object.keys(forces) as Force[])
    .filter((force) => force === "as-it-is" || header === undefined)
    .map((force) => [force === "as-it-is" ? policy : `${policy}, ${force}`, { header, best, force }] as const),
);

test.runIf(hasChromium).each(pages)(
  "the generated modules of all examples run in a page, a worker and an audio worklet with %s",
  async (_, { header, best, force }) => {
    const headers = header === undefined ? {} : { "content-security-policy": header };
    const page = await openPage();
    const complaints: string[] = [];
    page.on("pageerror", ({ message }) => complaints.push(message));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    await page.goto(await serve(servedFiles(built, force), headers));
    await page.waitForFunction("globalThis.runEverywhere");
    const text = (await page.evaluate("globalThis.runEverywhere()")) as string;
    const found = JSON.parse(text) as Readonly<Record<string, RuntimeResult>>;

    expect(Object.keys(found)).toEqual(["page", "worker", "worklet"]);
    const places = placesOf("Chromium");
    for (const [place, result] of Object.entries(found)) {
      expectResult(built, result, { engine: places[place] as Engine, best, force });
    }
    expect(complaints).toEqual([]);
  },
);
