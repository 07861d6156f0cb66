import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { compile } from "../../../src/index.ts";
import { nodeFileSystem } from "../../../src/node/file-system.ts";
import { createNodeHost } from "../../../src/node/node-host.ts";
import { modelOf, runModule, type AnyModel } from "../../targets/support/run-module.ts";
import { hasChromium } from "../chromium.ts";
import { seriousFindings } from "../playground/serious-findings.ts";
import { createFinger, draw, drawByKeys, openDigitPage, readPage, serveWithVite } from "./digit-page.ts";
import { drawnDigits, type Line } from "./drawn-digits.ts";
import { installExample, type Project } from "./project.ts";

/** What the example's README shows; `SCREENSHOTS=update` takes it again. */
const screenshot = fileURLToPath(new URL("../../../examples/train/screenshot.png", import.meta.url));

/** What somebody might take for a digit. */
const triangle: readonly Line[] = [
  [
    [0.5, 0.2],
    [0.75, 0.75],
    [0.25, 0.75],
    [0.5, 0.2],
  ],
];

let project: Project;
let printed = "";
beforeAll(() => {
  project = installExample("train", { beside: ["vite-digits"] });
  printed = project.run("train");
});

test("both networks are trained as the README says, and a build compiles them", async () => {
  const readme = readFileSync(path.join(project.folder, "README.md"), "utf8");
  const shown = (/```text\n(.*?)```/s.exec(readme)?.[1] ?? "").trimEnd().split("\n");
  const lines = printed.split("\n");
  let at = 0;
  for (const line of shown.filter((each) => each !== "...")) {
    at = lines.indexOf(line, at);
    expect(at, `${line}\nis not in\n${printed}`).toBeGreaterThanOrEqual(0);
  }

  project.run("build:models");
  const { iris } = (await import(path.join(project.folder, "iris.ts"))) as { readonly iris: AnyModel };
  expect(iris.forward([5.1, 3.5, 1.4, 0.2])[0]).toBeGreaterThan(0.9);
  expect(iris.forward([6.3, 3.3, 6.0, 2.5])[2]).toBeGreaterThan(0.9);
  // They are trained from nothing again.
  expect(withoutTimes(project.run("train"))).toBe(withoutTimes(printed));
});

describe.runIf(hasChromium)("the page that learns", () => {
  beforeAll(() => void project.run("build"));

  test("learns from drawings, keeps what it has learned, and gives its weights", async () => {
    const { page, problems } = await openDigitPage(await serveWithVite(project, ["preview", "page"]));
    const see = async (lines: readonly Line[]): Promise<string> => {
      await page.keyboard.press("Escape");
      await draw(page, lines);
      return (await readPage(page)).digit;
    };
    expect(await page.getByRole("button", { name: "7" }).isDisabled()).toBe(true);
    expect(await known(page)).toEqual([0, expect.closeTo(97.3, -1), expect.closeTo(97.3, -1)]);

    // Without a network, it learns what is no digit at all, and unlearns no other.
    await page.context().setOffline(true);
    const before = await see(triangle);
    const taught = String((Number(before) + 5) % 10);
    await answer(page, taught);
    expect(await said(page)).toMatch(
      new RegExp(String.raw`^Learned in \d+ steps that this is a ${taught}: \d\d\.\d %\.$`),
    );
    expect(await readPage(page)).toMatchObject({ digit: taught, best: taught });
    await page.setViewportSize({ width: 900, height: 1010 });
    // The bars have come to rest.
    await page.waitForTimeout(300);
    const image = await page.screenshot(process.env["SCREENSHOTS"] === "update" ? { path: screenshot } : {});
    expect(image.length).toBeLessThan(100_000);
    expect(statSync(screenshot).size).toBeLessThan(100_000);

    const wrong: number[] = [];
    for (const [digit, lines] of drawnDigits.entries()) {
      if ((await see(lines)) === String(digit)) continue;
      wrong.push(digit);
      await answer(page, String(digit));
      expect(await readPage(page)).toMatchObject({ digit: String(digit) });
    }
    expect(wrong.length, `wrong about ${wrong.join()}`).toBeLessThanOrEqual(3);
    await answer(page, "9");
    expect(await said(page)).toBe("It was sure already that this is a 9.");
    const learned = await known(page);
    expect(learned[0]).toBe(wrong.length + 2);
    expect(learned[1]).toBeGreaterThan(learned[2]! - 5);
    expect(await see(triangle)).toBe(taught);
    expect(await seriousFindings(page)).toEqual([]);

    // What it says is what a module says that is compiled from its weights.
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download the weights" }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe("digits.safetensors");
    await download.saveAs(path.join(project.folder, "taught.safetensors"));
    const shares = (await page.locator(".percent").allTextContents()).map(Number.parseFloat);
    const pixels = await page.evaluate<readonly number[]>(
      "[...document.querySelector('#seen').getContext('2d').getImageData(0, 0, 8, 8).data].filter((_, at) => at % 4 === 3).map((alpha) => Math.round((alpha / 255) * 16))",
    );
    const text = readFileSync(path.join(project.folder, "digits.layers"), "utf8");
    const compiled = await compile(
      { path: "digits.layers", text: text.replace("{", '{ weights "./taught.safetensors"') },
      { emit: "js", host: createNodeHost(project.folder, nodeFileSystem) },
    );
    const model = modelOf(await runModule(String(compiled.files[0]?.content)), "digits");
    model.forward(pixels).forEach((share, at) => expect(Math.abs(share * 100 - shares[at]!)).toBeLessThanOrEqual(0.06));

    await page.context().setOffline(false);
    await reload(page, learned[0]!);
    expect(await known(page)).toEqual(learned);
    expect(await see(triangle)).toBe(taught);
    expect((await page.locator(".percent").allTextContents()).map(Number.parseFloat)).toEqual(shares);

    await page.getByRole("button", { name: "Forget my drawings" }).click();
    expect(await said(page)).toBe("All your drawings are forgotten.");
    expect(await readPage(page)).toMatchObject({ digit: before });
    await reload(page, 0);
    expect(await known(page)).toEqual([0, learned[2], learned[2]]);
    expect(await see(triangle)).toBe(before);
    expect(problems).toEqual([]);
  });

  test("learns by keys alone, and says so where it can be heard", async () => {
    const { page, problems } = await openDigitPage(await serveWithVite(project, ["preview", "page"]));
    await page.keyboard.press("Tab");
    // A mirrored seven.
    await drawByKeys(page, ["ArrowRight*4", "Space", "ArrowLeft*8", "ArrowDown*10", "Space"]);
    expect(await page.locator("#digit").getAttribute("aria-live")).toBe("polite");
    expect((await readPage(page)).digit).not.toBe("7");
    await page.keyboard.press("Tab");
    for (let digit = 0; digit <= 7; digit++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.locator("#said[role=status]").textContent()).toMatch(/^Learned in \d+ steps that this is a 7: /);
    expect((await readPage(page)).digit).toBe("7");
    await page.keyboard.press("Escape");
    expect((await readPage(page)).digit).toBe("?");
    expect(problems).toEqual([]);
  });

  test("learns on a phone from a finger, while it is developed, too", async () => {
    const url = await serveWithVite(project, ["page"]);
    const { page, problems } = await openDigitPage(url, { hasTouch: true, isMobile: true });
    const finger = await createFinger(page);
    await finger.draw(triangle);
    const taught = (await readPage(page)).digit === "3" ? "4" : "3";
    await finger.tap(page.getByRole("button", { name: taught }));
    await page.getByText("Learned in").waitFor();
    expect((await readPage(page)).digit).toBe(taught);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    expect(await seriousFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  test("begins anew where the browser has kept what another network learned", async () => {
    const { page, problems } = await openDigitPage(await serveWithVite(project, ["preview", "page"]));
    await draw(page, triangle);
    const before = (await readPage(page)).digit;
    await page.evaluate(`new Promise((resolve) => {
    const opening = indexedDB.open("layerc-train");
    opening.onsuccess = () => {
      const writing = opening.result.transaction("kept", "readwrite");
      writing.objectStore("kept").put({ trainer: { model: "Letters", arrays: {}, numbers: {} }, lessons: [], steps: 3 }, "knowledge");
      writing.oncomplete = resolve;
    };
  })`);
    await reload(page, 0);
    expect(await said(page)).toBe("What this browser has kept is of another network.");
    await draw(page, triangle);
    expect((await readPage(page)).digit).toBe(before);
    await answer(page, before === "3" ? "4" : "3");
    await reload(page, 1);
    expect([await said(page), (await known(page))[0]]).toEqual(["", 1]);
    expect(problems).toEqual([]);
  });
});

function withoutTimes(output: string): string {
  return output.replaceAll(/\d+(?:s|ms|us)\b/g, "#");
}

async function said(page: Page): Promise<string> {
  return (await page.locator("#said").textContent()) ?? "";
}

/** How many drawings the page has learned, and the shares of digits that it recognises now, and did before, in percent. */
async function known(page: Page): Promise<readonly number[]> {
  const text = (await page.locator("#known").textContent()) ?? "";
  const found = /^(\d+) of your drawings .* recognises (\d+\.\d) %; before the first lesson (\d+\.\d) %\.$/.exec(text);
  return found?.slice(1).map(Number) ?? [];
}

/** How many drawings are in the browser's database. */
const keptLessons = `new Promise((resolve) => {
  const opening = indexedDB.open("layerc-train");
  opening.onsuccess = () => {
    const reading = opening.result.transaction("kept").objectStore("kept").get("knowledge");
    reading.onsuccess = () => {
      opening.result.close();
      resolve(reading.result?.lessons.length ?? 0);
    };
  };
})`;

async function answer(page: Page, digit: string): Promise<void> {
  await page.getByRole("group", { name: "Which digit is it?" }).getByRole("button", { name: digit }).click();
}

/** Opens the page anew once the browser has kept so many drawings: it takes them from the page a moment after they were learned. */
async function reload(page: Page, lessons: number): Promise<void> {
  await expect.poll(() => page.evaluate<number>(keptLessons)).toBe(lessons);
  await page.reload();
  await page.locator("#probabilities li").nth(9).waitFor();
}
