import { colors, type Color } from "../../diagram/colors.ts";
import { drawable } from "../../diagram/fit-text.ts";
import { svgDocument } from "../../diagram/svg-document.ts";
import { className } from "../../diagram/svg-style.ts";
import { escapeXml, xmlElement } from "../../diagram/xml.ts";
import { formatResult } from "../format-result.ts";
import type { Results } from "../loop/trainer.ts";
import { panelsOf, type Curve, type Panel } from "./curves.ts";
import { ticks } from "./ticks.ts";

const rootClass = "layerc-curves";

/** Pixels. */
const width = 640;
const panelHeight = 220;
const left = 64;
const right = 24;
const top = 44;
const bottom = 40;
const titleHeight = 36;

/**
 * Loss and metrics of a training as SVG, a frame for each, training and validation in it: light or dark as the system is,
 * without ids, scripts, or anything from elsewhere. `best` is the epoch whose weights are kept.
 */
export function plotCurves(history: readonly Results[], model: string, best: number | undefined): string {
  const panels = panelsOf(history);
  const height = titleHeight + panels.length * panelHeight;
  const title = `Training of ${model}`;
  const parts = [
    text("title", left, 26, title),
    ...panels.map((panel, at) => printPanel(panel, titleHeight + at * panelHeight, history.length, best)),
  ];
  return svgDocument({ rootClass, width, height, title, description: description(history), style: style(), parts });
}

/** Whether a file is a drawing that `plotCurves` made. */
export function isCurves(content: Uint8Array): boolean {
  return new TextDecoder().decode(content.subarray(0, 200)).includes(`class="${rootClass}"`);
}

function description(history: readonly Results[]): string {
  const last = Object.entries(history.at(-1) ?? {}).map(([name, value]) => `${name} ${formatResult(value)}`);
  return `${history.length} epochs; the last one: ${last.join(", ")}`;
}

function printPanel({ name, curves }: Panel, y: number, epochs: number, best: number | undefined): string {
  const values = curves.flatMap(({ points }) => points.map(([, value]) => value));
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  // A line that is level, as far as anybody sees, lies in the middle.
  const size = Math.max(Math.abs(least), Math.abs(greatest));
  const space = greatest - least <= 1e-9 * size + 1e-300 ? Math.max(size, 1) / 2 : 0;
  const rows = ticks(least - space, greatest + space, 4);
  const columns =
    epochs === 1 ? [1] : ticks(1, epochs, 8).filter((tick) => tick >= 1 && tick <= epochs && Number.isInteger(tick));
  const low = rows[0] as number;
  const high = rows.at(-1) as number;
  const floor = y + panelHeight - bottom;
  const atX = (epoch: number): number =>
    rounded(epochs === 1 ? (left + width - right) / 2 : left + ((epoch - 1) / (epochs - 1)) * (width - left - right));
  const atY = (value: number): number => rounded(floor - ((value - low) / (high - low)) * (panelHeight - top - bottom));
  const parts = [
    text("name", left, y + 26, name),
    ...curves.map(({ look }, at) => legend(look, width - right - 130 * (curves.length - 1 - at), y + 26)),
    ...rows.flatMap((tick) => [
      xmlElement("path", { class: className("grid"), d: `M${left} ${atY(tick)}H${width - right}` }),
      text("tick", left - 8, atY(tick) + 4, String(tick), "end"),
    ]),
    ...columns.map((tick) => text("tick", atX(tick), floor + 18, String(tick), "middle")),
    ...(best === undefined
      ? []
      : [
          xmlElement(
            "path",
            { class: className("best"), d: `M${atX(best)} ${y + top - 6}V${floor}` },
            xmlElement("title", {}, `epoch ${best}, the best`),
          ),
        ]),
    ...curves.map((curve) => printCurve(curve, atX, atY)),
  ];
  return xmlElement("g", { "data-result": name }, `\n${parts.join("\n")}\n`);
}

function printCurve({ look, points }: Curve, atX: (epoch: number) => number, atY: (value: number) => number): string {
  const [first] = points;
  if (points.length === 1 && first !== undefined) {
    return xmlElement("circle", { class: className(`${look}-dot`), cx: atX(first[0]), cy: atY(first[1]), r: 4 });
  }
  const d = points.map(([epoch, value], at) => `${at === 0 ? "M" : "L"}${atX(epoch)} ${atY(value)}`).join("");
  return xmlElement("path", { class: className(look), d });
}

function legend(look: Curve["look"], end: number, y: number): string {
  const line = xmlElement("path", { class: className(look), d: `M${end - 120} ${y - 4}h24` });
  return `${line}\n${text("tick", end - 90, y, look)}`;
}

function text(role: string, x: number, y: number, content: string, anchor?: "middle" | "end"): string {
  return xmlElement("text", { class: className(role), x, y, "text-anchor": anchor }, escapeXml(drawable(content)));
}

function rounded(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

function style(): string {
  const families = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif';
  const line = "fill:none;stroke-width:2;stroke-linejoin:round;";
  const rules: readonly (readonly [string, string])[] = [
    ["background", paint("fill", "background")],
    ["title", `${paint("fill", "text")}font-size:16px;font-weight:600`],
    ["name", `${paint("fill", "text")}font-size:13px;font-weight:600`],
    ["tick", paint("fill", "quiet-text")],
    ["grid", `stroke-width:0.5;${paint("stroke", "line")}`],
    ["best", `stroke-width:1;stroke-dasharray:2 3;${paint("stroke", "quiet-text")}`],
    ["training", line + paint("stroke", "weights-line")],
    ["validation", `${line}stroke-dasharray:6 3;${paint("stroke", "active-line")}`],
    ["training-dot", paint("fill", "weights-line")],
    ["validation-dot", paint("fill", "active-line")],
  ];
  return [
    `.${rootClass}{${properties("light")}max-width:100%;height:auto;font:400 12px ${families}}`,
    ...rules.map(([name, declarations]) => `.${rootClass} .${className(name)}{${declarations}}`),
    `@media (prefers-color-scheme:dark){.${rootClass}{${properties("dark")}}}`,
  ].join("\n");
}

/** The light colour for what knows no custom properties. */
function paint(property: string, color: Color): string {
  return `${property}:${colors[color].light};${property}:var(--layerc-${color});`;
}

function properties(scheme: "light" | "dark"): string {
  return Object.entries(colors)
    .map(([name, color]) => `--layerc-${name}:${color[scheme]};`)
    .join("");
}
