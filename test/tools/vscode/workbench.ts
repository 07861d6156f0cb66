import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import type { FrameLocator, Locator, Page } from "playwright-core";

/** What somebody does in the editor, and what is seen there then. */
export interface Workbench {
  readonly page: Page;
  /** Opens a file of the folder; it keeps its tab. */
  openFile(name: string): Promise<Locator>;
  /** The editor of a document, by the end of its name. */
  editor(name: string): Locator;
  /** A command of the palette, by its title. */
  run(title: string): Promise<void>;
  /** Chooses a word of the list that comes while one types, and is asked for where what was typed has cancelled it. */
  complete(word: string): Promise<void>;
  /** The fix that is offered first at the cursor, by its title. */
  quickFix(title: string): Promise<void>;
  /** Puts the cursor in front of a text that stands in an editor. */
  clickText(editor: Locator, text: string): Promise<void>;
  /** Puts the cursor on a line and column of the active editor, both from 1. */
  goTo(line: number, column?: number): Promise<void>;
  /** Puts a line in place of all that is in the active editor, at once. */
  typeInstead(line: string): Promise<void>;
  /** Pastes a text at the cursor. */
  paste(text: string): Promise<void>;
  /** What is said of a text that the mouse is on. */
  hover(editor: Locator, text: string): Promise<string>;
  /** What the status bar says. */
  status(): Promise<string>;
  /** What is wrong, as the panel of problems says it. */
  problems(): Promise<string>;
  /** The message that pops up with a text. */
  message(text: string | RegExp): Locator;
  /** The page within the page of a webview. */
  webview(): FrameLocator;
}

/** What page.js has in the page, and in those within it. */
interface InPage {
  visibleLines(editor: unknown): readonly VisibleLine[];
  notesIn(editor: unknown): string;
  styleOf(element: unknown, property: string): string;
}

export async function openWorkbench(page: Page, url: string): Promise<Workbench> {
  await page.addInitScript({ path: fileURLToPath(new URL("page.js", import.meta.url)) });
  await page.goto(url);
  // The extension's icon, and with it the language and its settings.
  await page.locator(".explorer-folders-view .layers-lang-file-icon").first().waitFor();
  const editor = (name: string): Locator => page.locator(`.monaco-editor[data-uri*="${encodeURI(name)}"]`).first();
  const pick = async (text: string, offered: string): Promise<void> => {
    const input = page.locator(".quick-input-widget input");
    await input.fill(text);
    // Those that are listed before what was typed counts are others.
    await row(offered).click();
    await input.waitFor({ state: "hidden" });
  };
  /** Opens a list again until it offers something. */
  const offering = (wanted: Locator, show: () => Promise<void>): Promise<void> =>
    expect
      .poll(async () => {
        await page.keyboard.press("Escape");
        await show();
        return comes(wanted);
      })
      .toBe(true);
  const row = (offered: string): Locator =>
    page.locator(`.quick-input-list .monaco-list-row[aria-label*="${offered}"]`).first();
  return {
    page,
    editor,
    async openFile(name) {
      await page.locator(".explorer-folders-view .monaco-list-row", { hasText: name }).first().dblclick();
      const opened = editor(name);
      await opened.locator(".view-line").first().waitFor();
      return opened;
    },
    async run(title) {
      // A palette that is opened at once lists what could be done before the editor came; so somebody would open it again.
      await offering(row(title), async () => {
        await page.keyboard.press("F1");
        await page.locator(".quick-input-widget input").fill(`>${title}`);
      });
      await pick(`>${title}`, title);
    },
    async complete(word) {
      const wanted = page.locator(".suggest-widget.visible .monaco-list-row.focused", { hasText: word });
      if (!(await comes(wanted))) await offering(wanted, () => page.keyboard.press("Control+Space"));
      await page.keyboard.press("Enter");
    },
    async quickFix(title) {
      await offering(page.locator(".action-widget .focused", { hasText: title }), () =>
        page.keyboard.press("Control+."),
      );
      await page.keyboard.press("Enter");
    },
    async goTo(line, column = 1) {
      await page.keyboard.press("Control+g");
      await pick(`:${line}:${column}`, `${line}`);
    },
    async clickText(within, text) {
      const found = within.locator(".view-line span", { hasText: text }).last();
      await found.click({ position: { x: 2, y: 8 } });
    },
    async typeInstead(line) {
      await page.keyboard.press("Control+a");
      await page.keyboard.insertText(line);
    },
    async paste(text) {
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
      await page.keyboard.press("Control+v");
    },
    async hover(within, text) {
      await page.mouse.move(0, 0);
      await within
        .locator(".view-line span", { hasText: text })
        .last()
        .hover({ position: { x: 4, y: 8 } });
      const shown = page.locator(".monaco-hover:visible .hover-contents");
      await comes(shown.first());
      return (await shown.allInnerTexts()).join("\n").replaceAll("\u00a0", " ");
    },
    status: () => page.locator(".statusbar").innerText(),
    async problems() {
      const panel = page.locator(".markers-panel-container");
      if (!(await panel.isVisible())) {
        await page.keyboard.press("Control+Shift+m");
        // The same keys hide it.
        await comes(panel);
      }
      return (await panel.innerText()).replaceAll("\u00a0", " ");
    },
    message: (text) => page.locator(".notification-toast", { hasText: text }),
    webview: () => page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame"),
  };
}

/** Whether something is seen soon. What is to come of itself is waited for longer: this is for what is done again otherwise. */
function comes(wanted: Locator): Promise<boolean> {
  return wanted.waitFor({ timeout: 10_000 }).then(
    () => true,
    () => false,
  );
}

/** A line of an editor that is seen: its text without hints, and whether the extension has marked it. */
export interface VisibleLine {
  readonly text: string;
  readonly isMarked: boolean;
}

export function visibleLines(editor: Locator): Promise<readonly VisibleLine[]> {
  return editor.evaluate((element: unknown) => (globalThis as unknown as InPage).visibleLines(element));
}

/** The text of an editor, as far as it is seen. */
export async function textOf(editor: Locator): Promise<string> {
  return (await visibleLines(editor)).map(({ text }) => text).join("\n");
}

/** What the extension has written into an editor beside its text. */
export function notesIn(editor: Locator): Promise<string> {
  return editor.evaluate((element: unknown) => (globalThis as unknown as InPage).notesIn(element));
}

/** A property of the style of an element. */
export function styleOf(element: Locator, property: string): Promise<string> {
  return element.evaluate((found: unknown, name) => (globalThis as unknown as InPage).styleOf(found, name), property);
}

/** Waits until what is seen matches. */
export async function seen(look: () => Promise<string>, expected: string | RegExp): Promise<void> {
  await expect.poll(look, { interval: 100 }).toMatch(expected);
}
