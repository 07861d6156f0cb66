import type { Model } from "../../check/model.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import { counted } from "../../diagnostics/counted.ts";
import { formatMemorySize } from "../../summary/memory-size.ts";
import type { Analysis } from "../analysis.ts";
import { graphOf, graphWork } from "../describe/layer-graph.ts";
import { formatTerms } from "../describe/sizes.ts";

/** A line that an editor shows above a model, and what it does when it is chosen. */
export interface CodeLens {
  readonly kind: "size" | "work" | "time" | "show-generated" | "verify";
  /** The name of the model in its declaration. */
  readonly span: Span;
  readonly model: string;
  /** Absent for the time, which `modelTime` works out when somebody looks at it. */
  readonly title?: string;
  /** Absent for one that only says something. */
  readonly command?: {
    readonly name: string;
    readonly arguments: readonly [{ readonly path: string; readonly model: string }];
  };
}

/** What a model of a file weighs and costs, and what can be done with it. */
export function codeLenses({ file, result }: Analysis): readonly CodeLens[] {
  return file.declarations.flatMap((declaration): readonly CodeLens[] => {
    if (declaration.kind !== "model") return [];
    const checked = result.index.models.find((model) => model.declaration === declaration);
    if (checked === undefined) return [];
    const { text: name, span } = declaration.name;
    const base = { span, model: name };
    const { parameterCount, model } = checked;
    const size = `${counted(parameterCount, "parameter")}, ${formatMemorySize(parameterCount * 4)}`;
    const weight: CodeLens = { ...base, kind: "size", title: size };
    if (model === undefined) return [weight];
    const argument = { path: file.source.path, model: name };
    const command = (command: string) => ({ name: command, arguments: [argument] as const });
    return [
      weight,
      { ...base, kind: "work", title: workTitle(model) },
      { ...base, kind: "time" },
      { ...base, kind: "show-generated", title: "show generated code", command: command("layerc.showGenerated") },
      { ...base, kind: "verify", title: "verify", command: command("layerc.verify") },
    ];
  });
}

function workTitle(model: Model): string {
  const work = graphWork(graphOf(model.layers, model.inputShape));
  return `${formatTerms(work)} multiply-adds`;
}
