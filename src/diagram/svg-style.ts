import { colors, type Color } from "./colors.ts";
import { fontSizes } from "./measure-text.ts";

/** The class of a drawing and of its parts, by which its style stays its own where a page has it inside. */
export const rootClass = "layerc-diagram";

export function className(part: string): string {
  return `layerc-${part}`;
}

/** What systems have; `measure-text.ts` has the widths of the widest of them. */
const families = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif';
const monospaced = 'ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace';

/**
 * The style sheet of a drawing. Colours are custom properties, which a page that has a drawing inside may set anew. What
 * knows no custom properties, as most programs that make pictures of SVG, takes the light colours. `data-active` marks the
 * layers that an editor's cursor is in.
 */
export function svgStyle(): string {
  const rules = [
    ["background", fill("background")],
    ["detail", fill("quiet-text")],
    ["shape", `${fill("quiet-text")}font-family:${monospaced}`],
    ["title", `${fill("text")}font-size:${fontSizes.title}px;font-weight:600`],
    ["name", `${fill("text")}font-size:${fontSizes.name}px;font-weight:600`],
    ["arrow", `fill:none;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round;${stroke("line")}`],
    ["rule", `stroke-width:1;${stroke("line")}`],
    ["box", `stroke-width:1.25;${fill("plain-fill")}${stroke("line")}`],
    ["weights>box", fill("weights-fill") + stroke("weights-line")],
    ["frame>box", fill("frame-fill")],
    ["repeat>box", `${fill("frame-fill")}stroke-dasharray:5 4`],
    ["omitted>box", "fill:none;stroke-dasharray:2 4"],
    ["end>box", fill("background")],
  ] as const;
  const css = rules.map(([parts, declarations]) => {
    const selector = parts.split(">").map((part) => `.${className(part)}`);
    return `.${rootClass} ${selector.join(">")}{${declarations.replace(/;$/, "")}}`;
  });
  const root = `max-width:100%;height:auto;font:400 ${fontSizes.detail}px ${families}`;
  return [
    `.${rootClass}{${properties("light")}${root}}`,
    ...css,
    `.${rootClass} [data-active]>.${className("box")}{stroke-width:2.5;${stroke("active-line").replace(/;$/, "")}}`,
    `@media (prefers-color-scheme:dark){.${rootClass}{${properties("dark").replace(/;$/, "")}}}`,
  ].join("\n");
}

function properties(scheme: "light" | "dark"): string {
  return Object.entries(colors)
    .map(([name, color]) => `--layerc-${name}:${color[scheme]};`)
    .join("");
}

function fill(color: Color): string {
  return declaration("fill", color);
}

function stroke(color: Color): string {
  return declaration("stroke", color);
}

function declaration(property: string, color: Color): string {
  return `${property}:${colors[color].light};${property}:var(--layerc-${color});`;
}
