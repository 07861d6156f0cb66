import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { afterAll, onTestFinished } from "vitest";

/** Debian's package; `.ci/run` installs it. */
const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** Without a browser its tests are skipped, and say so; CI must have one. */
export const hasChromium = existsSync(executablePath);
if (!hasChromium) {
  const message = `browser tests need ${executablePath}: install Debian's package \`chromium\`, or set CHROMIUM`;
  if (process.env["CI"] !== undefined) throw new Error(message);
  console.warn(`skipped: ${message}`);
}

/** How long is waited for what comes of itself, milliseconds: a busy machine is no fault of what is tested. */
export const patience = 180_000;

let browser: Promise<Browser> | undefined;
afterAll(async () => (await browser)?.close());

/** A page in a browser that all tests of a file share; nothing of other pages is in it, and it goes when the test is done. */
export async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  browser ??= startChromium();
  const context = await (await browser).newContext(options);
  onTestFinished(() => context.close());
  context.setDefaultTimeout(patience);
  return context.newPage();
}

/** A headless browser without any traffic of its own. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    timeout: patience,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export interface Served {
  readonly type: "text/html" | "text/javascript" | "application/octet-stream";
  readonly content: string | Uint8Array;
}

/** Serves files by path on a local port, all with the given headers; returns the origin. */
export async function serve(
  files: ReadonlyMap<string, Served>,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? "");
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { ...headers, "content-type": file.type }).end(file.content);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
