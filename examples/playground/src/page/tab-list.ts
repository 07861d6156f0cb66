import { isStale, type State } from "../model/last-good.ts";
import type { Page, Tab, TabView } from "../tabs/tab.ts";
import { reasonOf } from "./reason.ts";
import { showMore } from "./show-more.ts";
import { StaleNotice } from "./stale-notice.ts";
import { stepThrough } from "./step-through.ts";

interface Opened {
  readonly panel: HTMLElement;
  view?: TabView;
}

/** What the editor tells the tabs. */
interface TabList {
  /** What is wrong with the text is known, or known better. */
  drawNotice(): void;
  /** The cursor has moved. */
  follow(): void;
}

/** The tabs beside the editor, as WAI-ARIA has them: one stop for the Tab key, arrow keys between them. */
export function createTabList(
  place: HTMLElement,
  tabs: readonly Tab[],
  page: Page,
): TabList {
  const list = document.createElement("div");
  list.className = "tabs";
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", "Views of the model");
  const stale = document.createElement("div");
  const notice = new StaleNotice(stale);
  place.append(list, stale);

  const opened = new Map<Tab, Opened>();
  const buttons = tabs.map((tab) => makeButton(tab));
  list.append(...buttons);
  showMore(list);
  let selected = tabs[0]!;

  function makeButton(tab: Tab): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    button.id = `tab-${tab.id}`;
    button.textContent = tab.title;
    button.dataset["title"] = tab.title;
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
    const next = stepThrough(event.key, "row", at, tabs.length);
    if (next === undefined) return;
    event.preventDefault();
    select(tabs[next]!);
    buttons[next]!.focus();
  });

  function select(tab: Tab): void {
    if (tab !== selected) opened.get(selected)?.view?.hide?.();
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
    notice.draw(state, page.editor);
    place.classList.toggle("is-stale", isStale(state));
    if (state.good === shown) return;
    shown = state.good;
    void show(selected);
  });
  select(selected);
  return {
    drawNotice: () => notice.draw(page.models.state, page.editor),
    follow() {
      const { doc, selection } = page.editor.state;
      if (isStale(page.models.state)) return;
      opened
        .get(selected)
        ?.view?.follow?.(doc.lineAt(selection.main.head).number);
    },
  };
}
