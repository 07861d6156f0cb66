import { drawingColors } from "../diagram/drawing-colors.ts";
import { pageHtml } from "../page/page-html.ts";

/** The page of a training: what goes on, what can be done, and the curves. */
export function trainingHtml(scripts: { readonly script: string; readonly scriptSource: string }): string {
  return pageHtml({
    ...scripts,
    title: "Training",
    style: `body { margin: 0; padding: 12px; color: var(--vscode-foreground); }
p { margin: 0 0 8px; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
#actions { display: flex; flex-wrap: wrap; gap: 8px; margin-bottom: 8px; }
button { padding: 4px 12px; font: inherit; color: var(--vscode-button-foreground); cursor: pointer;
  background: var(--vscode-button-background); border: 1px solid var(--vscode-button-border, transparent); border-radius: 2px; }
button:hover { background: var(--vscode-button-hoverBackground); }
button:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
${drawingColors("layerc-curves")}`,
    body: `<p role="status"></p>
<div id="actions"></div>
<main></main>`,
  });
}
