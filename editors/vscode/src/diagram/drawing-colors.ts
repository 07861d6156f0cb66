import { colors } from "../../../../src/diagram/colors.ts";

/** The colours of layerc's drawings of a class, as styles of a webview: those of the editor's theme, not of the system. */
export function drawingColors(root: string): string {
  return `.vscode-light .${root}, .vscode-high-contrast-light .${root} { ${properties("light")} }
.vscode-dark .${root}, .vscode-high-contrast:not(.vscode-high-contrast-light) .${root} { ${properties("dark")} }
body .${root}.${root} { --layerc-background: var(--vscode-editor-background); }`;
}

function properties(scheme: "light" | "dark"): string {
  return Object.entries(colors)
    .map(([name, color]) => `--layerc-${name}: ${color[scheme]};`)
    .join(" ");
}
