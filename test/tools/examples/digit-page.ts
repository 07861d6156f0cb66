import type { Locator, Page } from "playwright-core";
import { openPage } from "../chromium.ts";
import type { Line } from "./drawn-digits.ts";
import type { Project } from "./project.ts";

/** Serves a page of a project with Vite, until the test ends; returns its address. */
export async function serveWithVite(project: Project, command: readonly string[]): Promise<string> {
  const argv = [...command, "--host", "127.0.0.1", "--port", "0"];
  return await project.start("vite", argv, /http:\/\/127\.0\.0\.1:\d+\//);
}

export interface Opened {
  readonly page: Page;
  /** Errors of the page, and breaches of its policy, so far. */
  readonly problems: readonly string[];
}

/** Opens a page that recognises drawn digits, and waits until it is there. */
export async function openDigitPage(
  url: string,
  device: { hasTouch?: boolean; isMobile?: boolean } = {},
): Promise<Opened> {
  const viewport = device.isMobile === true ? { width: 360, height: 740 } : { width: 900, height: 700 };
  const page = await openPage({ viewport, ...device });
  const problems: string[] = [];
  page.on("pageerror", ({ message }) => problems.push(message));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && problems.push(message.text()));
  await page.goto(url);
  await page.locator("#probabilities li").nth(9).waitFor();
  return { page, problems };
}

/** Draws with the mouse. */
export async function draw(page: Page, lines: readonly Line[]): Promise<void> {
  for (const line of await onPad(page, lines)) {
    const [first, ...rest] = line;
    await page.mouse.move(first!.x, first!.y);
    await page.mouse.down();
    for (const { x, y } of rest) await page.mouse.move(x, y, { steps: 2 });
    await page.mouse.up();
  }
}

export interface Finger {
  draw(lines: readonly Line[]): Promise<void>;
  tap(target: Locator): Promise<void>;
}

/** A finger on the screen. */
export async function createFinger(page: Page): Promise<Finger> {
  const session = await page.context().newCDPSession(page);
  const send = (type: "touchStart" | "touchMove" | "touchEnd", ...touchPoints: readonly Place[]): Promise<unknown> =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: [...touchPoints] });
  return {
    async draw(lines) {
      for (const line of await onPad(page, lines)) {
        await send("touchStart", line[0]!);
        for (const point of line) await send("touchMove", point);
        // A finger that is lifted in motion flings, and the next tap only stops that.
        await page.waitForTimeout(200);
        await send("touchMove", line.at(-1)!);
        await send("touchEnd");
      }
    },
    async tap(target) {
      await target.scrollIntoViewIfNeeded();
      const { x, y, width, height } = (await target.boundingBox())!;
      await send("touchStart", { x: x + width / 2, y: y + height / 2 });
      await send("touchEnd");
    },
  };
}

/** Draws by keys, such as `"Space"` and `"ArrowDown*9"`, with the pad in focus. */
export async function drawByKeys(page: Page, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const [name = "", times = "1"] = key.split("*");
    for (let time = 0; time < Number(times); time++) await page.keyboard.press(name);
  }
}

/** What the page says: the digit, the sum of all percentages, and the label of the bar that stands out. */
export async function readPage(page: Page): Promise<{ digit: string; sum: number; best: string | undefined }> {
  const percentages = await page.locator(".percent").allTextContents();
  const best = await page.locator(".best > span:first-child").allTextContents();
  return {
    digit: (await page.locator("#digit").textContent()) ?? "",
    sum: percentages.reduce((sum, text) => sum + Number.parseFloat(text), 0),
    best: best[0],
  };
}

interface Place {
  readonly x: number;
  readonly y: number;
}

async function onPad(page: Page, lines: readonly Line[]): Promise<readonly (readonly Place[])[]> {
  const pad = await page.locator("#pad").boundingBox();
  if (pad === null) throw new Error("there is nothing to draw on");
  return lines.map((line) => line.map(([x, y]) => ({ x: pad.x + x * pad.width, y: pad.y + y * pad.height })));
}
