import type { ShownExample } from "../../catalogue/show-example.ts";
import { renderDiagnostics } from "../../diagnostics/render.ts";
import { checkSource } from "../../stages/check-source.ts";
import { Refusal } from "../guard.ts";
import { textOf, type ServerCommand } from "./define-command.ts";
import { showText } from "./show-text.ts";

/** `layerc.explain`: what a diagnostic means, with an example and how that is mended, as Markdown. */
export const explain: ServerCommand = {
  name: "layerc.explain",
  async run(given, session) {
    const code = textOf(given, "code");
    const [{ compilerCatalogue }, { showExample }] = await Promise.all([
      import("../../catalogue/compiler-catalogue.ts"),
      import("../../catalogue/show-example.ts"),
    ]);
    const definition = compilerCatalogue.flatMap(({ diagnostics }) => diagnostics).find((one) => one.code === code);
    if (definition === undefined) throw new Refusal(`there is no diagnostic '${code ?? ""}'`);
    const example = await showExample(
      definition,
      async (source, options) => (await checkSource(source, options)).result,
    );
    const { severity, summary } = definition;
    const text = `# ${severity}: \`${definition.code}\`\n\n${summary}\n\n${definition.explain().meaning}\n\n${markdown(example)}`;
    showText(`${definition.code}.md`, text, given, session);
    return { text };
  },
};

function markdown({ kind, text, files, diagnostic, sources, mended }: ShownExample): string {
  const block = (content: string): string =>
    kind === "situation" ? content : `\`\`\`${kind === "source" ? "layers" : "text"}\n${content.trimEnd()}\n\`\`\``;
  const beside = files.map((file) => `With \`${file.path}\`:\n\n${block(file.text)}`);
  const said = `\`\`\`text\n${renderDiagnostics([diagnostic], sources).trimEnd()}\n\`\`\``;
  const better = mended === undefined ? [] : [`Mended:\n\n${block(mended)}`];
  return `${["Example:", block(text), ...beside, said, ...better].join("\n\n")}\n`;
}
