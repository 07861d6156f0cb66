/**
 * The colours of drawings, in both schemes. Each text has a contrast of 4.5 and more to what it stands on, each line one of 3
 * (WCAG 2.2, 1.4.3 and 1.4.11).
 */
export const colors = {
  background: { light: "#ffffff", dark: "#0d1117" },
  text: { light: "#1f2328", dark: "#f0f3f6" },
  "quiet-text": { light: "#57606a", dark: "#9ea7b3" },
  line: { light: "#7a838c", dark: "#7d8590" },
  "plain-fill": { light: "#f6f8fa", dark: "#161b22" },
  "weights-fill": { light: "#e7f1fd", dark: "#10253f" },
  "weights-line": { light: "#3673b8", dark: "#4c8ed9" },
  "frame-fill": { light: "#fbfcfd", dark: "#11161d" },
  "active-line": { light: "#bc4c00", dark: "#f0883e" },
} as const;

export type Color = keyof typeof colors;
