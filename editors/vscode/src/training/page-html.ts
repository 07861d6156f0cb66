import { drawingColors } from "../diagram/drawing-colors.ts";

/** The page of a training: what goes on, what can be done, and the curves. It takes in nothing but its own script, and styles. */
export function pageHtml({ script, scriptSource }: { readonly script: string; readonly scriptSource: string }): string {
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src ${scriptSource}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>Training</title>
<style>
body { margin: 0; padding: 12px; color: var(--vscode-foreground); }
p { margin: 0 0 8px; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
#actions { display: flex; flex-wrap: wrap; gap: 8px; margin-bottom: 8px; }
button { padding: 4px 12px; font: inherit; color: var(--vscode-button-foreground); cursor: pointer;
  background: var(--vscode-button-background); border: 1px solid var(--vscode-button-border, transparent); border-radius: 2px; }
button:hover { background: var(--vscode-button-hoverBackground); }
button:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
${drawingColors("layerc-curves")}
</style>
</head>
<body>
<p role="status"></p>
<div id="actions"></div>
<main></main>
<script src="${script}"></script>
</body>
</html>
`;
}
