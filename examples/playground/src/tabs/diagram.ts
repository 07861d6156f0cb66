import { EditorView } from "@codemirror/view";
import type { Tab } from "./tab.ts";

/** The drawing of the models. A click on a layer goes to its place in the text, and the cursor marks its layer. */
export const diagram: Tab = {
  id: "diagram",
  title: "Diagram",
  open(panel, { editor, models }) {
    panel.classList.add("diagram");
    panel.addEventListener("click", ({ target }) => {
      const { good, source } = models.state;
      const place = target instanceof Element ? placeOf(target) : undefined;
      // Places are those of the text that was drawn.
      if (place === undefined || good?.source.text !== source.text) return;
      editor.dispatch({
        selection: { anchor: place.start },
        effects: EditorView.scrollIntoView(place.start, { y: "center" }),
      });
      editor.focus();
    });
    return {
      show({ svg, source }) {
        // layerc's own drawing, in which every text of the source is escaped.
        panel.innerHTML =
          svg ||
          "<p>The file has no model: blocks are drawn where a model uses them.</p>";
        mark(
          panel,
          source.text === editor.state.doc.toString()
            ? editor.state.selection.main.head
            : -1,
        );
      },
      follow: () => mark(panel, editor.state.selection.main.head),
    };
  },
};

interface Place {
  readonly start: number;
  readonly end: number;
}

function placeOf(element: Element): Place | undefined {
  const found = element.closest("[data-start]");
  return found === null ? undefined : rangeOf(found);
}

function rangeOf(element: Element): Place {
  const number = (name: string): number => Number(element.getAttribute(name));
  return element.hasAttribute("data-use-start")
    ? { start: number("data-use-start"), end: number("data-use-end") }
    : { start: number("data-start"), end: number("data-end") };
}

/** Marks the innermost layer whose place holds the cursor. */
function mark(panel: Element, at: number): void {
  panel
    .querySelectorAll("[data-active]")
    .forEach((element) => element.removeAttribute("data-active"));
  const within = [...panel.querySelectorAll("[data-layer]")].filter(
    (element) => {
      const { start, end } = rangeOf(element);
      return start <= at && at <= end;
    },
  );
  within.at(-1)?.setAttribute("data-active", "");
}
