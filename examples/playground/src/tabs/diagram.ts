import { EditorView } from "@codemirror/view";
import { innermost } from "../../../../editors/vscode/src/diagram/page/innermost.ts";
import { noModel } from "./no-model.ts";
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
        selection: { anchor: place },
        effects: EditorView.scrollIntoView(place, { y: "center" }),
      });
      editor.focus();
    });
    return {
      show(built) {
        const { svg, source } = built;
        // layerc's own drawing, in which every text of the source is escaped.
        panel.innerHTML =
          svg ||
          `<p>${noModel(built, "The file has no model: blocks are drawn where a model uses them.")}</p>`;
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

/** Where a part of the drawing is in the text: a layer of a block where the model calls the block. */
function placeOf(element: Element): number | undefined {
  const found = element.closest<SVGElement>("[data-start]");
  if (found === null) return undefined;
  const { start, useStart } = found.dataset;
  return Number(useStart ?? start);
}

/** Marks the innermost part that the cursor is in. */
function mark(panel: Element, at: number): void {
  panel
    .querySelectorAll("[data-active]")
    .forEach((element) => element.removeAttribute("data-active"));
  const parts = [...panel.querySelectorAll<SVGElement>("[data-start]")];
  innermost(parts, at)?.setAttribute("data-active", "");
}
