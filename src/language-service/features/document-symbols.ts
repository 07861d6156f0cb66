import type { CheckedStep } from "../../check/semantics/checked-step.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import { formatShape } from "../../ir/shape.ts";
import type { BodyItem, Declaration, LayerStatement, RepeatStatement } from "../../syntax/ast.ts";
import type { Analysis } from "../analysis.ts";
import { commonOutput, stepsByStatement } from "../describe/step-shapes.ts";

/** A part of a file in its outline. */
export interface DocumentSymbol {
  readonly name: string;
  readonly kind: Declaration["kind"] | BodyItem["kind"] | "parameter";
  /** What an outline shows behind the name: the class of a layer, a shape. */
  readonly detail: string;
  readonly span: Span;
  /** What is selected when the symbol is gone to: within `span`. */
  readonly selection: Span;
  readonly children: readonly DocumentSymbol[];
}

type Steps = ReadonlyMap<LayerStatement | RepeatStatement, readonly CheckedStep[]>;

/** The declarations of a file, with the layers of models and blocks by the names that they have. */
export function documentSymbols({ file, source, result }: Analysis): readonly DocumentSymbol[] {
  const steps = stepsByStatement(result.index);
  const textOf = ({ start, end }: Span): string => source.text.slice(start, end).replaceAll(/\s+/g, " ").slice(0, 60);
  const inBody = (body: readonly BodyItem[]): readonly DocumentSymbol[] =>
    body.map((item) => bodySymbol(item, steps, textOf, inBody));
  return file.declarations.map((declaration): DocumentSymbol => {
    const { kind, name, span } = declaration;
    const base = { name: name.text, kind, span, selection: name.span };
    switch (kind) {
      case "dim":
        return { ...base, detail: "", children: [] };
      case "let":
        return { ...base, detail: textOf(declaration.value.span), children: [] };
      case "block": {
        const parameters = declaration.parameters.map((parameter) => textOf(parameter.span));
        return { ...base, detail: `(${parameters.join(", ")})`, children: inBody(declaration.body) };
      }
      case "model": {
        const checked = result.index.models.find((model) => model.declaration === declaration);
        const { inputShape, outputShape } = checked ?? {};
        const shapes = [inputShape, outputShape].map((shape) => (shape === undefined ? "?" : formatShape(shape)));
        return { ...base, detail: shapes.join(" -> "), children: inBody(declaration.body) };
      }
    }
  });
}

function bodySymbol(
  item: BodyItem,
  steps: Steps,
  textOf: (span: Span) => string,
  inBody: (body: readonly BodyItem[]) => readonly DocumentSymbol[],
): DocumentSymbol {
  const { kind, span } = item;
  switch (item.kind) {
    case "layer": {
      const own = steps.get(item) ?? [];
      const [first] = own;
      const name = item.label?.text ?? (first !== undefined && "name" in first ? first.name : undefined);
      const output = commonOutput(own);
      const shape = output === undefined ? "" : ` -> ${formatShape(output.shape)}`;
      const shown = name === undefined || name === "" ? item.callee.text : name;
      const detail = `${shown === item.callee.text ? "" : item.callee.text}${shape}`.trim();
      return { name: shown, kind, detail, span, selection: (item.label ?? item.callee).span, children: [] };
    }
    case "repeat": {
      const selection = { ...span, end: Math.min(span.start + "repeat".length, span.end) };
      return { name: "repeat", kind, detail: textOf(item.count.span), span, selection, children: inBody(item.body) };
    }
    case "input":
      return { name: kind, kind, detail: textOf(item.shape.span), span, selection: item.shape.span, children: [] };
    case "weights":
      return { name: kind, kind, detail: item.path.value, span, selection: item.path.span, children: [] };
    case "compile": {
      const detail = item.arguments.map((argument) => textOf(argument.span)).join(", ");
      return { name: kind, kind, detail, span, selection: item.callee.span, children: [] };
    }
    case "labels": {
      const detail = `${item.labels.items.length}`;
      return { name: kind, kind, detail, span, selection: item.labels.span, children: [] };
    }
  }
}
