import { noModel } from "./no-model.ts";
import type { Tab } from "./tab.ts";

/** The module that a build writes, linked line by line with the source. */
export const generated: Tab = {
  id: "generated",
  title: "TypeScript",
  async open(panel, page) {
    const { createCodeView } = await import("../editor/code-view.ts");
    const { scrollToLine, linkedLines } =
      await import("../editor/linked-lines.ts");
    let lines: readonly (number | null)[] = [];
    const view = createCodeView(panel, "Generated module", (line) => {
      const origin = lines[line - 1] ?? null;
      linkedLines(page.editor, origin === null ? [] : [origin]);
      if (origin !== null) scrollToLine(page.editor, origin);
    });
    const follow = (line: number): void => {
      const linked = lines.flatMap((origin, at) =>
        origin === line ? [at + 1] : [],
      );
      linkedLines(view, linked);
      if (linked[0] !== undefined) scrollToLine(view, linked[0]);
    };
    return {
      show(built) {
        const { module, source } = built;
        lines = module?.lines ?? [];
        const text =
          module?.text ??
          `// ${noModel(built, "The file has no model, and becomes no module.")}\n`;
        if (view.state.doc.toString() !== text)
          view.dispatch({
            changes: { from: 0, to: view.state.doc.length, insert: text },
          });
        const { doc, selection } = page.editor.state;
        if (doc.toString() === source.text)
          follow(doc.lineAt(selection.main.head).number);
      },
      follow,
    };
  },
};
