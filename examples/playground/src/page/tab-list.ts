import { isStale, type State } from "../model/last-good.ts";
import type { Page, Tab, TabView } from "../tabs/tab.ts";
import { reasonOf } from "./reason.ts";

interface Opened {
  readonly panel: HTMLElement;
  view?: TabView;
}

/** The tabs beside the editor, as WAI-ARIA has them: one stop for the Tab key, arrow keys between them. */
export function createTabList(
  place: HTMLElement,
  tabs: readonly Tab[],
  page: Page,
): { follow(): void } {
  const list = document.createElement("div");
  list.className = "tabs";
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", "Views of the model");
  const stale = document.createElement("div");
  stale.className = "stale";
  stale.setAttribute("role", "status");
  place.append(list, stale);

  const opened = new Map<Tab, Opened>();
  const buttons = tabs.map((tab) => makeButton(tab));
  list.append(...buttons);
  let selected = tabs[0]!;

  function makeButton(tab: Tab): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    button.id = `tab-${tab.id}`;
    button.textContent = tab.title;
    button.setAttribute("role", "tab");
    button.setAttribute("aria-controls", `panel-${tab.id}`);
    button.addEventListener("click", () => select(tab));
    const panel = document.createElement("div");
    panel.id = `panel-${tab.id}`;
    panel.className = "panel";
    panel.hidden = true;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", button.id);
    panel.tabIndex = 0;
    place.append(panel);
    opened.set(tab, { panel });
    return button;
  }

  list.addEventListener("keydown", (event) => {
    const at = tabs.indexOf(selected);
    const to: Readonly<Record<string, number>> = {
      ArrowRight: (at + 1) % tabs.length,
      ArrowLeft: (at - 1 + tabs.length) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    };
    const next = to[event.key];
    if (next === undefined) return;
    event.preventDefault();
    select(tabs[next]!);
    buttons[next]!.focus();
  });

  function select(tab: Tab): void {
    selected = tab;
    tabs.forEach((one, at) => {
      const isSelected = one === tab;
      buttons[at]!.setAttribute("aria-selected", String(isSelected));
      buttons[at]!.tabIndex = isSelected ? 0 : -1;
      opened.get(one)!.panel.hidden = !isSelected;
    });
    buttons[tabs.indexOf(tab)]!.scrollIntoView?.({
      block: "nearest",
      inline: "nearest",
    });
    void show(tab);
  }

  /** Opens a tab, if it is not open yet, and gives it the model. */
  async function show(tab: Tab): Promise<void> {
    const one = opened.get(tab)!;
    const { good } = page.models.state;
    if (good === undefined) return;
    if (one.view === undefined) {
      try {
        one.view = await tab.open(one.panel, page);
      } catch (error) {
        one.panel.textContent = `This view could not be loaded: ${reasonOf(error)}`;
        return;
      }
    }
    const { good: newest } = page.models.state;
    if (selected === tab && newest !== undefined) one.view.show(newest);
  }

  let shown: State["good"];
  page.models.subscribe((state) => {
    const message = staleMessage(state);
    if (stale.textContent !== message) stale.textContent = message;
    place.classList.toggle("is-stale", isStale(state));
    if (state.good === shown) return;
    shown = state.good;
    void show(selected);
  });
  select(selected);
  return {
    follow() {
      const { doc, selection } = page.editor.state;
      if (isStale(page.models.state)) return;
      opened
        .get(selected)
        ?.view?.follow?.(doc.lineAt(selection.main.head).number);
    },
  };
}

/** What is said above a view that is not that of the text in the editor, or that lacks something. */
function staleMessage({ errors, good }: State): string {
  if (errors !== undefined)
    return good === undefined
      ? `There is nothing to show yet: ${first(errors)}`
      : `The text has an error. Shown is ${good.source.name} as it was before: ${first(errors)}`;
  const missing = good?.missing ?? [];
  return missing.length === 0
    ? ""
    : `Without weights: ${missing.join(", ")} is not here. Drop the file on the page to have them.`;
}

/** The first of some errors, without its place, which the editor shows. */
function first(errors: string): string {
  return errors.split("\n")[0]!;
}
