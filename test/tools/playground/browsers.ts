import { existsSync } from "node:fs";
import { patience } from "../chromium.ts";
import { debianPrograms, has } from "../runtimes/debian-programs.ts";

/** What the tests use of Puppeteer, which drives Chromium by its own protocol and Firefox by WebDriver BiDi. */
interface Puppeteer {
  launch(options: Readonly<Record<string, unknown>>): Promise<Browser>;
}

export interface Browser {
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

export interface Page {
  readonly keyboard: Keyboard;
  readonly mouse: {
    move(x: number, y: number, options?: { readonly steps: number }): Promise<void>;
    down(): Promise<void>;
    up(): Promise<void>;
  };
  on(event: "console", listener: (message: ConsoleMessage) => void): void;
  on(event: "pageerror", listener: (error: unknown) => void): void;
  on(event: "request", listener: (request: { url(): string }) => void): void;
  goto(url: string): Promise<unknown>;
  reload(): Promise<unknown>;
  evaluate<Result>(script: string): Promise<Result>;
  evaluateOnNewDocument(script: string): Promise<unknown>;
  click(selector: string): Promise<void>;
  focus(selector: string): Promise<void>;
  $(selector: string): Promise<Handle | null>;
  select(selector: string, value: string): Promise<unknown>;
  setDefaultTimeout(milliseconds: number): void;
  setViewport(size: { readonly width: number; readonly height: number }): Promise<void>;
  emulateMediaFeatures?(features: readonly { readonly name: string; readonly value: string }[]): Promise<void>;
  screenshot(options: { readonly path: `${string}.png` }): Promise<unknown>;
  close(): Promise<void>;
}

export interface Keyboard {
  type(text: string): Promise<void>;
  press(key: string): Promise<void>;
  down(key: string): Promise<void>;
  up(key: string): Promise<void>;
}

interface Handle {
  boundingBox(): Promise<{ x: number; y: number; width: number; height: number } | null>;
}

interface ConsoleMessage {
  type(): string;
  text(): string;
}

const chromium = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** Debian's browsers, those that are here. Where one is missing its tests are skipped, and say so; CI must have both. */
export const browsers = (
  [
    ["Chromium", chromium],
    ["Firefox", debianPrograms.firefox],
  ] as const
)
  .filter(([, program]) => has(program))
  .map(([name]) => name);

/** A browser without traffic of its own, which saves what is downloaded in a folder. */
export async function launch(name: (typeof browsers)[number], downloads: string): Promise<Browser> {
  // Not a dependency of this repository but of the package in this folder: types would need it installed.
  const module = "puppeteer-core";
  const { default: puppeteer } = (await import(/* @vite-ignore */ module)) as { readonly default: Puppeteer };
  if (name === "Firefox") {
    return puppeteer.launch({
      browser: "firefox",
      executablePath: debianPrograms.firefox,
      headless: true,
      timeout: patience,
      protocolTimeout: 600_000,
      extraPrefsFirefox: {
        "app.update.enabled": false,
        "network.captive-portal-service.enabled": false,
        "browser.download.folderList": 2,
        "browser.download.dir": downloads,
      },
    });
  }
  if (!existsSync(chromium)) throw new Error(`${chromium} is missing`);
  return puppeteer.launch({
    executablePath: chromium,
    headless: true,
    timeout: patience,
    protocolTimeout: 600_000,
    downloadBehavior: { policy: "allow", downloadPath: downloads },
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
