import { compileOptionNames } from "../../config/options/values.ts";
import { diagnosticsToJson } from "../../diagnostics/to-json.ts";
import { sourcePlaces } from "../source-places.ts";
import type { ServerCommand } from "./define-command.ts";
import { optionsFor } from "./options-for.ts";
import { showText } from "./show-text.ts";
import { sourceOf } from "./source-of.ts";

/**
 * `layerc.showGenerated`: the files that a build of a model file would write, with the options of its config or those given, and for
 * each line of the module the place that it comes from.
 */
export const showGenerated: ServerCommand = {
  name: "layerc.showGenerated",
  async run(given, session) {
    const { source, host, project } = await sourceOf(given, session);
    const options = optionsFor(compileOptionNames, project.options(source.path), given);
    const { compile } = await import("../../compile.ts");
    const { files, diagnostics, sources, lineOrigins } = await compile(source, { host, ...options });
    const places = sourcePlaces(sources, session.client.encoding, session.uriOf);
    const texts = files.flatMap(({ name, content }) => (typeof content === "string" ? [{ name, text: content }] : []));
    const [module] = texts;
    if (module !== undefined) showText(module.name, module.text, given, session);
    return {
      files: texts,
      lines: lineOrigins?.map((span) => (span === undefined ? null : places.location(span))) ?? [],
      diagnostics: diagnosticsToJson(diagnostics, sources),
    };
  },
};
