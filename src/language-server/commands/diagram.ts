import { diagnosticsToJson } from "../../diagnostics/to-json.ts";
import { fileStem } from "../../model-formats/file-names.ts";
import { checkSource } from "../../stages/check-source.ts";
import { Refusal } from "../guard.ts";
import { textOf, type ServerCommand } from "./define-command.ts";
import { showText } from "./show-text.ts";
import { sourceOf } from "./source-of.ts";

/** `layerc.diagram`: a drawing of the models of a file that have no error, or of one of them. */
export const diagram: ServerCommand = {
  name: "layerc.diagram",
  async run(given, session) {
    const { source, host } = await sourceOf(given, session);
    const { result } = await checkSource(source, { host });
    const name = textOf(given, "model");
    const isThere = result.index.models.some(({ declaration }) => declaration.name.text === name);
    if (name !== undefined && !isThere) throw new Refusal(`there is no model '${name}' in ${source.path}`);
    const models = result.models.filter((model) => name === undefined || model.name === name);
    const { modelSvg } = await import("../../diagram/model-svg.ts");
    const svg = models.length === 0 ? null : modelSvg(models, { expandNested: given["expandNested"] !== false });
    if (svg !== null) showText(`${fileStem(source.path)}.svg`, svg, given, session);
    return {
      svg,
      models: models.map((model) => model.name),
      diagnostics: diagnosticsToJson(result.diagnostics, result.sources),
    };
  },
};
