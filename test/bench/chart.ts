import type { ContestData } from "./contest-data.ts";
import { formatTime } from "./table.ts";

interface Bar {
  readonly contender: string;
  readonly title: string;
  readonly color: "own" | "own-light" | "peer" | "bound";
}

/** From the top; the first is what the others are measured against. */
const bars: readonly Bar[] = [
  { contender: "layerc-auto", title: "layerc --target auto", color: "own" },
  { contender: "layerc-ts", title: "layerc, TypeScript", color: "own-light" },
  { contender: "onnxruntime-node", title: "onnxruntime-node", color: "peer" },
  { contender: "onnxruntime-web", title: "onnxruntime-web", color: "peer" },
  { contender: "tfjs-wasm", title: "tfjs wasm", color: "peer" },
  { contender: "brain.js", title: "brain.js", color: "peer" },
  { contender: "naive", title: "naive loops", color: "peer" },
  { contender: "c", title: "C, tuned", color: "bound" },
];

const columns = 2;
const panelWidth = 440;
const labelWidth = 128;
const valueWidth = 62;
const barHeight = 15;
const headHeight = 34;
const axisHeight = 24;
const gap = 24;

/**
 * Bars of the times of all workloads, an SVG for light and dark pages: a panel for each workload, all with the same
 * logarithmic axis of times relative to layerc's.
 */
export function chart(contests: readonly ContestData[]): string {
  const panels = contests.flatMap((contest) => {
    const own = contest.nanoseconds["layerc-auto"] ?? contest.nanoseconds["layerc-ts"];
    return own === undefined
      ? []
      : [{ contest, own, shown: bars.filter(({ contender }) => contest.nanoseconds[contender] !== undefined) }];
  });
  const ratios = panels.flatMap(({ contest, own, shown }) =>
    shown.map(({ contender }) => (contest.nanoseconds[contender] as number) / own),
  );
  const [least, most] = [Math.floor(Math.log10(Math.min(...ratios))), Math.ceil(Math.log10(Math.max(...ratios)))];
  const plotWidth = panelWidth - labelWidth - valueWidth;
  const x = (ratio: number): number => labelWidth + ((Math.log10(ratio) - least) / (most - least)) * plotWidth;

  const rows = Math.ceil(panels.length / columns);
  const rowHeights = Array.from({ length: rows }, (_, row) => {
    const most = Math.max(...panels.slice(row * columns, (row + 1) * columns).map(({ shown }) => shown.length));
    return headHeight + most * barHeight + axisHeight;
  });
  const top = 44;
  const height = top + rowHeights.reduce((sum, each) => sum + each + gap, 0);
  const width = columns * panelWidth + (columns + 1) * gap;

  const drawn = panels.map(({ contest, own, shown }, at) => {
    const row = Math.floor(at / columns);
    const y = top + rowHeights.slice(0, row).reduce((sum, each) => sum + each + gap, 0);
    const left = gap + (at % columns) * (panelWidth + gap);
    const bottom = headHeight + shown.length * barHeight;
    const ticks = Array.from({ length: most - least + 1 }, (_, step) => 10 ** (least + step));
    return [
      `<g transform="translate(${left} ${y})">`,
      `<text class="head" x="0" y="14">${contest.workload}<tspan class="faint" dx="8">${escape(contest.title)}</tspan></text>`,
      ...ticks.map(
        (tick) =>
          `<line class="${tick === 1 ? "one" : "grid"}" x1="${round(x(tick))}" x2="${round(x(tick))}" y1="${headHeight - 8}" y2="${bottom}"/>` +
          `<text class="faint" text-anchor="middle" x="${round(x(tick))}" y="${bottom + 14}">${tick}×</text>`,
      ),
      ...shown.map(({ contender, title, color }, line) => {
        const time = contest.nanoseconds[contender] as number;
        const barTop = headHeight + line * barHeight;
        const end = Math.max(x(time / own), labelWidth + 1);
        return (
          `<text class="label" text-anchor="end" x="${labelWidth - 8}" y="${barTop + 8}">${title}</text>` +
          `<rect class="${color}" x="${labelWidth}" y="${barTop - 2}" width="${round(end - labelWidth)}" height="${barHeight - 4}"/>` +
          `<text class="label" x="${round(end + 5)}" y="${barTop + 8}">${formatTime(time)}</text>`
        );
      }),
      `</g>`,
    ].join("\n");
  });

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Time per call of layerc and of others, relative to layerc, for ${panels.length} networks">`,
    `<style>`,
    `text { font: 11px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #24292f }`,
    `.head { font-size: 13px; font-weight: 600 } .faint { fill: #6e7781; font-weight: 400; font-size: 10px }`,
    `.own { fill: #1f6feb } .own-light { fill: #79b0f7 } .peer { fill: #afb8c1 } .bound { fill: #d4a72c }`,
    `.grid { stroke: #d0d7de; stroke-width: 0.5 } .one { stroke: #6e7781; stroke-width: 1; stroke-dasharray: 3 2 }`,
    `@media (prefers-color-scheme: dark) {`,
    `text { fill: #e6edf3 } .faint { fill: #8b949e } .own { fill: #388bfd } .own-light { fill: #1f4f8f }`,
    `.peer { fill: #57606a } .bound { fill: #9e7a1a } .grid { stroke: #30363d } .one { stroke: #8b949e } }`,
    `</style>`,
    `<text class="head" x="${gap}" y="24">Time per call, relative to layerc's<tspan class="faint" dx="8">logarithmic; shorter is faster; one thread</tspan></text>`,
    ...drawn,
    `</svg>`,
    ``,
  ].join("\n");
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
