import type { DiagnosticGroup } from "../../catalogue/compiler-catalogue.ts";
import { showExample } from "../../catalogue/show-example.ts";
import type { DiagnosticDefinition } from "../../diagnostics/define.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import { diagnosticsToJson } from "../../diagnostics/to-json.ts";
import type { Environment } from "../../node/environment.ts";
import { wrongUsage } from "../arguments/wrong-usage.ts";
import { catalogue } from "../catalogue.ts";
import { terminalPalette, wantsColor } from "../report/colors.ts";
import { formatCatalogue, formatExplanation } from "./format-explanation.ts";
import { stopped, type Outcome } from "../report/outcome.ts";

/** What is wanted of `layerc explain`; without a code, all diagnostics in their groups. */
interface Request {
  readonly code?: string;
  readonly color?: boolean;
}

/** Says what a diagnostic means, with its example. */
export async function explainDiagnostic(request: Request, environment: Environment): Promise<Outcome> {
  const fine = { problems: [], diagnostics: [], sources: [] };
  const { color } = request;
  // As a report has it: `error[unknown-layer]`.
  const code = request.code?.replace(/^(?:error|warning|hint)\[(.*)\]:?$/, "$1");
  if (code === undefined)
    return { ...fine, text: formatCatalogue(catalogue), json: { groups: catalogue.map(groupJson) } };

  const definition = catalogue.flatMap(({ diagnostics }) => diagnostics).find((one) => one.code === code);
  if (definition === undefined) return stopped([unknownCode(code)], {});
  const { check } = await environment.loadCompiler();
  const example = await showExample(definition, check);
  const { meaning } = definition.explain();
  const colored = wantsColor(color, environment.variables, environment.stdout);
  return {
    ...fine,
    text: formatExplanation(definition, example, terminalPalette(colored)),
    json: {
      explanation: {
        ...entryJson(definition),
        meaning,
        example: {
          kind: example.kind,
          text: example.text,
          files: example.files,
          diagnostic: diagnosticsToJson([example.diagnostic], example.sources)[0],
          mended: example.mended ?? null,
        },
      },
    },
  };
}

function unknownCode(code: string) {
  const codes = catalogue.flatMap(({ diagnostics }) => diagnostics.map((one) => one.code));
  const { help = "layerc explain lists all codes, layerc --help all commands" } = didYouMean(code, codes);
  return wrongUsage(undefined, { message: `There is no diagnostic '${code}'`, help });
}

function groupJson({ title, diagnostics }: DiagnosticGroup) {
  return { title, diagnostics: diagnostics.map(entryJson) };
}

function entryJson({ code, severity, summary }: DiagnosticDefinition<never>) {
  return { code, severity, summary };
}
