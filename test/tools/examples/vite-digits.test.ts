import { readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { hasChromium } from "../chromium.ts";
import { createFinger, draw, drawByKeys, openDigitPage, readPage, serveWithVite } from "./digit-page.ts";
import { drawnDigits, type Line } from "./drawn-digits.ts";
import { installExample } from "./project.ts";

/** What the example's README shows; `SCREENSHOTS=update` takes it again. */
const screenshot = fileURLToPath(new URL("../../../examples/vite-digits/screenshot.png", import.meta.url));

test.runIf(hasChromium)("the built page recognises digits that are drawn with a mouse", async () => {
  const project = installExample("vite-digits");
  project.run("build");
  const { page, problems } = await openDigitPage(await serveWithVite(project, ["preview"]));

  const seen: string[] = [];
  for (const lines of drawnDigits) {
    await page.keyboard.press("Escape");
    expect(await readPage(page)).toMatchObject({ digit: "?", sum: 0 });
    await draw(page, lines);
    const { digit, sum, best } = await readPage(page);
    expect(Math.abs(sum - 100)).toBeLessThan(1);
    expect(best).toBe(digit);
    seen.push(digit);
  }
  const right = seen.filter((digit, at) => digit === String(at));
  expect(right.length, `0 to 9 were seen as ${seen.join(", ")}`).toBeGreaterThanOrEqual(8);

  const chunks = readdirSync(path.join(project.folder, "dist/assets")).filter((name) => /^digits-.*\.js$/.test(name));
  const model = readFileSync(path.join(project.folder, "dist/assets", chunks[0]!));
  const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
  expect(await page.locator("footer strong").textContent()).toBe(
    `${kilobytes(model.length)} of JavaScript, ${kilobytes(gzipSync(model).length)} gzipped`,
  );
  expect(model.length).toBeLessThan(60_000);

  await page.getByRole("button", { name: "Clear" }).click();
  expect(await readPage(page)).toMatchObject({ digit: "?", sum: 0 });
  // One that leaves the network in some doubt.
  await draw(page, drawnDigits[9]!.map(slant));
  expect(await readPage(page)).toMatchObject({ digit: "9" });
  // The bars have come to rest.
  await page.waitForTimeout(300);
  const update = process.env["SCREENSHOTS"] === "update";
  const image = await page.screenshot(update ? { path: screenshot } : {});
  expect(image.length).toBeLessThan(100_000);
  expect(statSync(screenshot).size).toBeLessThan(100_000);
  expect(problems).toEqual([]);
});

test.runIf(hasChromium)(
  "the development server's page recognises digits that are drawn with a finger and by keys",
  async () => {
    const project = installExample("vite-digits");
    const { page, problems } = await openDigitPage(await serveWithVite(project, []), {
      hasTouch: true,
      isMobile: true,
    });
    expect(await page.locator("footer strong").textContent()).toMatch(/^\d+\.\d kB of JavaScript, \d+\.\d kB gzipped$/);

    await (await createFinger(page)).draw(drawnDigits[0]!);
    expect(await readPage(page)).toMatchObject({ digit: "0", best: "0" });
    // A phone shows the page without scrolling sideways.
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);

    await page.locator("#clear").focus();
    await page.keyboard.press("Space");
    expect(await readPage(page)).toMatchObject({ digit: "?", sum: 0 });
    await page.keyboard.press("Shift+Tab");
    await drawByKeys(page, [
      "Space",
      "ArrowLeft*5",
      "ArrowDown*10",
      "ArrowRight*5",
      "ArrowUp*10",
      "Space",
      "ArrowUp*2",
    ]);
    expect(await readPage(page)).toMatchObject({ digit: "0", best: "0" });
    expect(problems).toEqual([]);
  },
);

function slant(line: Line): Line {
  return line.map(([x, y]) => [x + (0.5 - y) / 2, y]);
}
