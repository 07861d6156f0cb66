import { readFileSync } from "node:fs";
import path from "node:path";
import { patience } from "../chromium.ts";
import type { Browser, Page } from "./browsers.ts";

/** What one does with the page, and how it is known that it has been done. */
export interface Playground {
  readonly page: Page;
  /** Errors, warnings, breaches of the policy, and requests to other hosts. */
  readonly complaints: string[];
  text(selector: string): Promise<string>;
  /** Waits until an expression in the page is true. */
  until(expression: string): Promise<void>;
  /** The text in the editor. */
  source(): Promise<string>;
  /** Puts a text in the place of the one in the editor, by keyboard. */
  type(text: string): Promise<void>;
  openTab(id: string): Promise<void>;
  drop(files: readonly DroppedFile[]): Promise<void>;
  press(...keys: readonly string[]): Promise<void>;
}

export interface DroppedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export function fileAt(file: string, name = path.basename(file)): DroppedFile {
  return { name, bytes: readFileSync(file) };
}

export async function openPlayground(
  browser: Browser,
  url: string,
  size = { width: 1280, height: 800 },
): Promise<Playground> {
  const page = await browser.newPage();
  page.setDefaultTimeout(patience);
  const complaints: string[] = [];
  const { origin } = new URL(url);
  page.on("console", (message) => {
    if (["error", "warn", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    if (!/^(?:blob|data):/.test(request.url()) && new URL(request.url()).origin !== origin)
      complaints.push(`requests ${request.url()}`);
  });
  // Puppeteer asks for an orientation beside the size, which Firefox 140, that of Debian, does not know.
  await page.setViewport(size).catch((error: unknown) => {
    if (!String(error).includes("unknown command emulation.setScreenOrientationOverride")) throw error;
  });
  await page.evaluateOnNewDocument(
    "addEventListener('securitypolicyviolation', (event) => console.error('policy', event.blockedURI, event.violatedDirective))",
  );
  await page.goto(url);
  const playground = actionsOf(page, complaints);
  await playground.until("document.querySelector('.panel:not([hidden])')?.childElementCount > 0");
  return playground;
}

function actionsOf(page: Page, complaints: string[]): Playground {
  const evaluate = <Result>(expression: string): Promise<Result> => page.evaluate<Result>(expression);
  const until = async (expression: string): Promise<void> => {
    const end = Date.now() + patience;
    // Asked again and again from here: to wait in the page, Puppeteer makes functions of strings there, which the policy forbids.
    while (!(await evaluate<boolean>(`Boolean(${expression})`))) {
      if (Date.now() > end) {
        const shown = await evaluate<string>(
          "['#notices', '#editor', '#status', '.stale', '.panel:not([hidden])', '#said'].map((part) => `${part}: ${document.querySelector(part)?.innerText.slice(0, 500)}`).join('\\n')",
        );
        throw new Error(`never true: ${expression}\n${shown}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  };
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) {
      const parts = key.split("+");
      for (const part of parts.slice(0, -1)) await page.keyboard.down(part);
      await page.keyboard.press(parts.at(-1)!);
      for (const part of parts.slice(0, -1).reverse()) await page.keyboard.up(part);
    }
  };
  return {
    page,
    complaints,
    until,
    press,
    text: (selector) => evaluate(`document.querySelector(${JSON.stringify(selector)})?.textContent.trim() ?? ""`),
    source: () =>
      evaluate(
        "[...document.querySelectorAll('#editor .cm-line')].map((line) => { const copy = line.cloneNode(true); copy.querySelectorAll('.cm-inlay-hint').forEach((hint) => hint.remove()); return copy.textContent; }).join('\\n')",
      ),
    async type(text) {
      await page.focus("#editor .cm-content");
      await press("Control+a", "Delete");
      await page.keyboard.type(text);
    },
    async openTab(id) {
      await page.click(`#tab-${id}`);
      await until(`!document.querySelector("#panel-${id}").hidden`);
    },
    async drop(files) {
      const given = files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString("base64")]);
      await evaluate(`(() => {
        const transfer = new DataTransfer();
        for (const [name, content] of ${JSON.stringify(given)}) {
          transfer.items.add(new File([Uint8Array.from(atob(content), (one) => one.charCodeAt(0))], name));
        }
        const target = document.querySelector("main");
        for (const type of ["dragenter", "dragover", "drop"]) {
          target.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
        }
      })()`);
    },
  };
}
