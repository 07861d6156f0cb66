import { LSPPlugin } from "@codemirror/lsp-client";
import { StateEffect, StateField, type Extension } from "@codemirror/state";
import {
  EditorView,
  showTooltip,
  type Command,
  type KeyBinding,
  type Tooltip,
} from "@codemirror/view";
import type { CodeAction } from "vscode-languageserver-protocol";
import { applyAction } from "./edits.ts";
import { stepThrough } from "../page/step-through.ts";

/** Asks for what can be done at the cursor or with the selection, and shows it as a menu. */
export const showCodeActions: Command = (view) => {
  const plugin = LSPPlugin.get(view);
  if (plugin === null) return false;
  const { from, to, head } = view.state.selection.main;
  const { doc } = view.state;
  plugin.client.sync();
  plugin.client
    .request<unknown, CodeAction[] | null>("textDocument/codeAction", {
      textDocument: { uri: plugin.uri },
      range: { start: plugin.toPosition(from), end: plugin.toPosition(to) },
      context: { diagnostics: [] },
    })
    .then((actions) => {
      // Another text needs other actions.
      if (!view.state.doc.eq(doc)) return;
      const menu = { pos: head, actions: actions ?? [] };
      view.dispatch({ effects: setMenu.of(menu) });
    })
    .catch((error: unknown) =>
      plugin.reportError("Code actions failed", error),
    );
  return true;
};

export const actionsKeymap: readonly KeyBinding[] = [
  { key: "Mod-.", run: showCodeActions, preventDefault: true },
];

interface Menu {
  readonly pos: number;
  readonly actions: readonly CodeAction[];
}

const setMenu = StateEffect.define<Menu | null>();

const menuField = StateField.define<Tooltip | null>({
  create: () => null,
  update(tooltip, { docChanged, effects, selection }) {
    const told = effects.find((effect) => effect.is(setMenu));
    if (told !== undefined)
      return told.value === null ? null : menuTooltip(told.value);
    return docChanged || selection !== undefined ? null : tooltip;
  },
  provide: (field) => showTooltip.from(field),
});

export const codeActionMenu: Extension = menuField;

function menuTooltip({ pos, actions }: Menu): Tooltip {
  return {
    pos,
    above: false,
    create: (view) => {
      const dom = document.createElement("div");
      dom.className = "code-actions";
      dom.setAttribute("role", "menu");
      dom.setAttribute("aria-label", "Code actions");
      dom.append(...items(view, actions));
      dom.addEventListener("keydown", (event) => moveInMenu(view, dom, event));
      dom.addEventListener("focusout", ({ relatedTarget }) => {
        if (!dom.contains(relatedTarget as Node | null)) close(view);
      });
      return {
        dom,
        mount: () => dom.querySelector<HTMLElement>("button")?.focus(),
      };
    },
  };
}

function items(
  view: EditorView,
  actions: readonly CodeAction[],
): readonly HTMLElement[] {
  const button = (title: string, run: () => void): HTMLElement => {
    const item = document.createElement("button");
    item.type = "button";
    item.setAttribute("role", "menuitem");
    item.tabIndex = -1;
    item.textContent = title;
    item.addEventListener("click", run);
    return item;
  };
  if (actions.length === 0)
    return [button("Nothing to do here", () => back(view))];
  return actions.map((action) =>
    button(action.title, () => {
      back(view);
      applyAction(view, action, view.state.doc);
    }),
  );
}

function moveInMenu(
  view: EditorView,
  menu: HTMLElement,
  event: KeyboardEvent,
): void {
  const all = [...menu.querySelectorAll<HTMLElement>("button")];
  const at = all.indexOf(document.activeElement as HTMLElement);
  const next = stepThrough(event.key, "column", at, all.length);
  if (next !== undefined) all[next]!.focus();
  else if (event.key === "Escape" || event.key === "Tab") back(view);
  else return;
  event.preventDefault();
}

function back(view: EditorView): void {
  view.focus();
  close(view);
}

function close(view: EditorView): void {
  if (view.state.field(menuField, false) != null)
    view.dispatch({ effects: setMenu.of(null) });
}
