import { readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { hasChromium, launchChromium } from "../chromium.ts";
import { drawnDigits, type Line } from "./drawn-digits.ts";
import { installExample, type Project } from "./project.ts";

/** What the example's README shows; `SCREENSHOTS=update` takes it again. */
const screenshot = fileURLToPath(new URL("../../../examples/vite-digits/screenshot.png", import.meta.url));

test.runIf(hasChromium)("the built page recognises digits that are drawn with a mouse", async () => {
  const project = installExample("vite-digits");
  project.run("build");
  const { page, problems } = await open(await serve(project, ["preview"]));

  const seen: string[] = [];
  for (const lines of drawnDigits) {
    await page.keyboard.press("Escape");
    expect(await read(page)).toMatchObject({ digit: "?", sum: 0 });
    await draw(page, lines);
    const { digit, sum, best } = await read(page);
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
  expect(await read(page)).toMatchObject({ digit: "?", sum: 0 });
  // One that leaves the network in some doubt.
  await draw(page, drawnDigits[9]!.map(slant));
  expect(await read(page)).toMatchObject({ digit: "9" });
  // The bars have come to rest.
  await page.waitForTimeout(300);
  const update = process.env["SCREENSHOTS"] === "update";
  const image = await page.screenshot(update ? { path: screenshot } : {});
  expect(image.length).toBeLessThan(100_000);
  expect(statSync(screenshot).size).toBeLessThan(100_000);
  expect(problems).toEqual([]);
});

test.runIf(hasChromium)("the development server's page recognises a digit that is drawn with a finger", async () => {
  const project = installExample("vite-digits");
  const { page, problems } = await open(await serve(project, []), { hasTouch: true, isMobile: true });
  expect(await page.locator("footer strong").textContent()).toMatch(/^\d+\.\d kB of JavaScript, \d+\.\d kB gzipped$/);

  const pad = await box(page);
  const touch = await page.context().newCDPSession(page);
  for (const line of drawnDigits[0]!) {
    const points = line.map(([x, y]) => ({ x: pad.x + x * pad.width, y: pad.y + y * pad.height }));
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [points[0]!] });
    for (const point of points)
      await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [point] });
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  }
  expect(await read(page)).toMatchObject({ digit: "0", best: "0" });
  // A phone shows the page without scrolling sideways.
  expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  expect(problems).toEqual([]);
});

async function serve(project: Project, command: readonly string[]): Promise<string> {
  const argv = [...command, "--host", "127.0.0.1", "--port", "0"];
  return await project.start("vite", argv, /http:\/\/127\.0\.0\.1:\d+\//);
}

interface Opened {
  readonly page: Page;
  /** Errors of the page so far. */
  readonly problems: readonly string[];
}

async function open(url: string, device: { hasTouch?: boolean; isMobile?: boolean } = {}): Promise<Opened> {
  const viewport = device.isMobile === true ? { width: 360, height: 740 } : { width: 900, height: 700 };
  const page = await (await launchChromium()).newPage({ viewport, ...device });
  const problems: string[] = [];
  page.on("pageerror", ({ message }) => problems.push(message));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && problems.push(message.text()));
  await page.goto(url);
  await page.locator("#probabilities li").nth(9).waitFor();
  return { page, problems };
}

async function box(page: Page): Promise<{ x: number; y: number; width: number; height: number }> {
  const found = await page.locator("#pad").boundingBox();
  if (found === null) throw new Error("there is nothing to draw on");
  return found;
}

async function draw(page: Page, lines: readonly Line[]): Promise<void> {
  const { x, y, width, height } = await box(page);
  for (const line of lines) {
    const [first, ...rest] = line.map(([right, down]) => [x + right * width, y + down * height] as const);
    await page.mouse.move(...first!);
    await page.mouse.down();
    for (const [to, below] of rest) await page.mouse.move(to, below, { steps: 2 });
    await page.mouse.up();
  }
}

function slant(line: Line): Line {
  return line.map(([x, y]) => [x + (0.5 - y) / 2, y]);
}

/** What the page says: the digit, the sum of all percentages, and the label of the bar that stands out. */
async function read(page: Page): Promise<{ digit: string; sum: number; best: string | undefined }> {
  const percentages = await page.locator(".percent").allTextContents();
  const best = await page.locator(".best > span:first-child").allTextContents();
  return {
    digit: (await page.locator("#digit").textContent()) ?? "",
    sum: percentages.reduce((sum, text) => sum + Number.parseFloat(text), 0),
    best: best[0],
  };
}
