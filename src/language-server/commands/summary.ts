import { fileStem } from "../../model-formats/file-names.ts";
import { formatSummary } from "../../summary/format-summary.ts";
import { checkSource } from "../../stages/check-source.ts";
import { diagnosticsToJson } from "../../diagnostics/to-json.ts";
import type { ServerCommand } from "./define-command.ts";
import { showText } from "./show-text.ts";
import { sourceOf } from "./source-of.ts";

/** `layerc.summary`: the table that Keras prints, for every model of a file that has no error. */
export const summary: ServerCommand = {
  name: "layerc.summary",
  async run(given, session) {
    const { source, host } = await sourceOf(given, session);
    const { result } = await checkSource(source, { host });
    const options = {
      expandNested: given["expandNested"] === true,
      ...(typeof given["width"] === "number" ? { width: given["width"] } : {}),
    };
    const models = result.models.map((model) => ({ name: model.name, text: formatSummary(model, options) }));
    const text = models.map((model) => model.text).join("\n");
    if (models.length > 0) showText(`${fileStem(source.path)}.summary.txt`, text, given, session);
    return { text, models, diagnostics: diagnosticsToJson(result.diagnostics, result.sources) };
  },
};
