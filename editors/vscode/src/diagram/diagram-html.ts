import { pageHtml } from "../page/page-html.ts";
import { drawingColors } from "./drawing-colors.ts";

interface DiagramPage {
  readonly script: string;
  readonly scriptSource: string;
  /** Kept by the editor for the next time that the page is opened. */
  readonly source: string;
}

/** The page that shows a drawing. The colours follow the editor's theme, not the system. */
export function diagramHtml({ source, ...scripts }: DiagramPage): string {
  return pageHtml({
    ...scripts,
    title: "Diagram",
    style: `body { margin: 0; padding: 0; }
[role="status"] { position: sticky; top: 0; padding: 6px 12px; background: var(--vscode-inputValidation-warningBackground);
  color: var(--vscode-inputValidation-warningForeground, var(--vscode-foreground));
  border-bottom: 1px solid var(--vscode-inputValidation-warningBorder); }
[role="status"]:empty { display: none; }
main { display: flex; justify-content: center; padding: 8px; }
main.outdated { opacity: 0.6; }
[data-start] { cursor: pointer; }
${drawingColors("layerc-diagram")}`,
    attributes: ` data-source="${escapeAttribute(source)}"`,
    body: `<div role="status"></div>
<main></main>`,
  });
}

function escapeAttribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
}
