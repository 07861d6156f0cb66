import type { EditorView } from "@codemirror/view";
import type { Built } from "../model/built.ts";
import type { LastGood } from "../model/last-good.ts";

/** What a tab may use of the page. */
export interface Page {
  readonly editor: EditorView;
  readonly models: LastGood;
  /** Says something to all readers, those of screen readers included. */
  say(message: string): void;
  /** Tells the editor that files beside the open one have come or changed. */
  filesChanged(names: readonly string[]): void;
}

/** One of the views beside the editor. */
export interface Tab {
  /** In addresses and ids: `diagram`. */
  readonly id: string;
  readonly title: string;
  /** Called once, when the tab is first opened. What is heavy is imported there. */
  open(panel: HTMLElement, page: Page): Promise<TabView> | TabView;
}

export interface TabView {
  /** Shows a model file that has been built; called while the tab is the open one. */
  show(built: Built): void;
  /** The cursor is on another line of the source, from 1. */
  follow?(line: number): void;
  /** Another tab is opened in its place. */
  hide?(): void;
}
