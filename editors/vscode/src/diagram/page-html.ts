import { drawingColors } from "./drawing-colors.ts";

interface Page {
  /** Of the page's script. */
  readonly script: string;
  /** Where the script may come from. */
  readonly scriptSource: string;
  /** Kept by the editor for the next time that the page is opened. */
  readonly source: string;
}

/**
 * The page that shows a drawing. It takes in nothing but its own script, and styles, of which the drawing has one. The colours follow the
 * editor's theme, not the system.
 */
export function pageHtml({ script, scriptSource, source }: Page): string {
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src ${scriptSource}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>Diagram</title>
<style>
body { margin: 0; padding: 0; }
[role="status"] { position: sticky; top: 0; padding: 6px 12px; background: var(--vscode-inputValidation-warningBackground);
  color: var(--vscode-inputValidation-warningForeground, var(--vscode-foreground));
  border-bottom: 1px solid var(--vscode-inputValidation-warningBorder); }
[role="status"]:empty { display: none; }
main { display: flex; justify-content: center; padding: 8px; }
main.outdated { opacity: 0.6; }
[data-start] { cursor: pointer; }
${drawingColors("layerc-diagram")}
</style>
</head>
<body data-source="${escapeAttribute(source)}">
<div role="status"></div>
<main></main>
<script src="${script}"></script>
</body>
</html>
`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
}
