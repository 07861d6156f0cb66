import type { DiagnosticGroup } from "../../catalogue/compiler-catalogue.ts";
import type { ShownExample } from "../../catalogue/show-example.ts";
import type { DiagnosticDefinition } from "../../diagnostics/define.ts";
import type { Palette } from "../../diagnostics/palette.ts";
import { renderDiagnostics } from "../../diagnostics/render.ts";
import { visibleText } from "../../diagnostics/visible-text.ts";
import { alignedTable } from "../report/aligned-table.ts";

/** Every code with its severity and when it is reported, group by group. */
export function formatCatalogue(catalogue: readonly DiagnosticGroup[]): string {
  const groups = catalogue.map(({ title, diagnostics }) => {
    const rows = diagnostics.map(({ code, severity, summary }) => [code, severity, summary]);
    return `${title}\n${alignedTable(rows, new Set())}`;
  });
  return groups.join("\n");
}

/** What a diagnostic means, its example, what layerc says there, and the mended example. */
export function formatExplanation(
  definition: DiagnosticDefinition<never>,
  { kind, text, files, diagnostic, sources, mended }: ShownExample,
  palette: Palette,
): string {
  const { code, severity, summary } = definition;
  const { meaning } = definition.explain();
  const lead = kind === "command" ? "$ " : "";
  return [
    `${palette[severity](`${severity}[${code}]`)}${palette.strong(`: ${summary}`)}\n`,
    wrap(meaning),
    `Example:\n\n${indented(kind === "situation" ? wrap(text) : lead + text)}`,
    ...files.map((file) => `with ${file.path}:\n\n${indented(file.text)}`),
    renderDiagnostics([diagnostic], sources, { palette }),
    ...(mended === undefined ? [] : [`Mended:\n\n${indented(kind === "situation" ? wrap(mended) : lead + mended)}`]),
  ].join("\n");
}

/** Lines of up to 80 columns, each with a line end. */
function wrap(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= 80) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => `${line}\n`).join("");
}

function indented(text: string): string {
  return text
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => `  ${visibleText(line)}\n`)
    .join("");
}
