import { html, render } from "lit-html";
import { noModel } from "./no-model.ts";
import type { Tab } from "./tab.ts";

/** The table that Keras prints. */
export const summary: Tab = {
  id: "summary",
  title: "Summary",
  open: (panel) => ({
    show: (built) =>
      render(
        html`<pre class="summary" tabindex="0" aria-label="Summary">
${built.summary || noModel(built, "The file has no model: blocks are shown where a model uses them.")}</pre>`,
        panel,
      ),
  }),
};
