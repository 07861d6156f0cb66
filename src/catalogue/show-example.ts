import type { CheckOptions, CheckResult } from "../stages/check-source.ts";
import { applyFix } from "../diagnostics/apply-fix.ts";
import type { DiagnosticDefinition } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { SituationExample } from "../diagnostics/explanation.ts";
import type { Source } from "../syntax/source.ts";
import { exampleHost } from "./example-host.ts";

/** A diagnostic's example, with what layerc says there. */
export interface ShownExample {
  readonly kind: "source" | SituationExample["kind"];
  /** The text of `model.layers`, a command line, the text of a config, or a sentence. */
  readonly text: string;
  /** The files beside it. */
  readonly files: readonly Source[];
  readonly diagnostic: Diagnostic;
  /** For the frame of the diagnostic. */
  readonly sources: readonly Source[];
  /** The example without the fault. */
  readonly mended?: string;
}

/** The compiler's `check`. */
type Check = (source: Source, options: CheckOptions) => Promise<CheckResult>;

const modelPath = "model.layers";

/** Makes the example of a diagnostic. A source goes through the compiler: what is shown is what it says. */
export async function showExample(definition: DiagnosticDefinition<never>, check: Check): Promise<ShownExample> {
  const { example } = definition.explain();
  if (example.kind !== "source") return { ...example, files: [], sources: [] };
  const host = exampleHost({ ...example.files, [modelPath]: example.source });
  const { diagnostics, sources } = await check({ path: modelPath, text: example.source }, { host });
  const diagnostic = diagnostics.find(({ code }) => code === definition.code);
  if (diagnostic === undefined) throw new Error(`the example of '${definition.code}' does not have it`);
  const mended = diagnostic.fix === undefined ? example.mended : applyFix(example.source, modelPath, diagnostic.fix);
  return {
    kind: "source",
    text: example.source,
    files: Object.entries(example.files ?? {}).map(([path, text]) => ({ path, text })),
    diagnostic,
    sources,
    ...(mended === undefined ? {} : { mended }),
  };
}
