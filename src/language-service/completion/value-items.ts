import { findActivation } from "../../activations/index.ts";
import type { Value } from "../../layers/arguments/value.ts";
import type { ArgumentType } from "../../layers/definition.ts";
import { loss, metric } from "../../training/objects.ts";
import { builtinSignature, keywordNames, signatureLabel } from "../describe/call-signature.ts";
import { describeDeclaration } from "../describe/describe-definition.ts";
import { inlineCode } from "../describe/markdown.ts";
import { callSnippet } from "./call-snippet.ts";
import type { CompletionItem } from "./completion-item.ts";
import { importableItems } from "./importable-items.ts";
import { item, type CompletionRequest } from "./request.ts";
import { valueFollower } from "./value-follower.ts";

/** What a value may be, where that is known. */
export interface ValueWanted {
  /** Of the argument; undefined for one that may be anything. */
  readonly type: ArgumentType | undefined;
  /** It is a part of a computation: only numbers fit. */
  readonly isNumber: boolean;
  /** A run-time dim can stand there. */
  readonly takesDims: boolean;
  /** A name that must not be offered: that which the value is given to. */
  readonly except?: string | undefined;
}

/** The names and words that a value can be. */
export async function valueItems(wanted: ValueWanted, request: CompletionRequest): Promise<readonly CompletionItem[]> {
  const follower = valueFollower(request);
  if (follower !== "end" && follower !== "parentheses") return [];
  const isCalled = follower === "parentheses";
  const words = wanted.isNumber ? [] : wordItems(wanted, isCalled, request);
  if (isCalled) return words;
  const imported = await importableItems(wanted.takesDims ? ["let", "dim"] : ["let"], ({ name }) => name.text, request);
  return [...nameItems(wanted, request), ...words, ...imported];
}

/** Parameters of the block, lets and dims. */
function nameItems(
  { type, isNumber, takesDims, except }: ValueWanted,
  request: CompletionRequest,
): readonly CompletionItem[] {
  const { analysis, cursor, names } = request;
  const parameters = cursor.parameters.filter((name) => name !== except);
  const own = names.filter(({ name }) => name !== except && !parameters.includes(name));
  return [
    ...parameters.map((name) => item(request, name, { label: name, kind: "parameter", sortText: `1${name}` })),
    ...own.flatMap(({ name, declaration }): readonly CompletionItem[] => {
      if (declaration?.kind === "dim" && takesDims) {
        const documentation = describeDeclaration(declaration, analysis);
        return [item(request, name, { label: name, kind: "dim", documentation, sortText: `2${name}` })];
      }
      if (declaration?.kind !== "let") return [];
      const value = analysis.result.index.values.get(declaration);
      if (value !== undefined && !fits(value, type, isNumber)) return [];
      const documentation = describeDeclaration(declaration, analysis);
      return [item(request, name, { label: name, kind: "let", documentation, sortText: `2${name}` })];
    }),
  ];
}

function fits(value: Value, type: ArgumentType | undefined, isNumber: boolean): boolean {
  if (value.kind === "unknown") return true;
  if (isNumber) return value.kind === "number";
  return type === undefined || type.convert(value, silentSite) !== undefined;
}

const silentSite = { subject: "", related: [], report: () => undefined };

/** Words of the language: `relu`, `he_normal`, `true`, `none`; called ones with their arguments. */
function wordItems(
  { type }: Pick<ValueWanted, "type">,
  isCalled: boolean,
  request: CompletionRequest,
): readonly CompletionItem[] {
  // A list is offered with the brackets around each word that can stand in it.
  const ofList = isCalled || type?.offered !== undefined ? undefined : type?.item?.offered;
  if (ofList !== undefined) return wordItems({ type: type?.item }, false, request).map(bracketed);
  const words = type === undefined ? [...keywordNames, "true", "false", "none", "floor"] : (type.offered ?? []);
  return words.flatMap((word, at): readonly CompletionItem[] => {
    const signature = builtinSignature(word, kindOfWords(type));
    const sortText = `3${String(at).padStart(3, "0")}`;
    if (signature === undefined) return isCalled ? [] : [item(request, word, { label: word, kind: "word", sortText })];
    const formula = word === signature.name ? formulaOf(word) : undefined;
    const written = item(request, isCalled ? word : callSnippet(signature), {
      label: word,
      kind: signature.kind,
      detail: signature.parameters.length === 0 ? (formula ?? word) : signatureLabel(signature).label,
      documentation: [signature.doc, formula === undefined ? undefined : inlineCode(formula)]
        .filter((part) => part !== undefined)
        .join("\n\n"),
      sortText,
    });
    return [written];
  });
}

/** A list of an item: what is typed is still the word in it. */
function bracketed(of: CompletionItem): CompletionItem {
  return { ...of, label: `[${of.label}]`, filterText: of.label, edit: { ...of.edit, text: `[${of.edit.text}]` } };
}

/** Whether words are losses or metrics, which have names in common. */
function kindOfWords(type: ArgumentType | undefined): "loss" | "metric" | undefined {
  return type === loss ? "loss" : type === metric ? "metric" : undefined;
}

/** The formula of an activation with its defaults, where all of its arguments have some. */
function formulaOf(word: string): string | undefined {
  const definition = findActivation(word);
  if (definition === undefined || definition.parameters.some(({ default: preset }) => preset === undefined))
    return undefined;
  return definition.formula(
    Object.fromEntries(definition.parameters.map(({ name, default: preset }) => [name, preset ?? null])),
  );
}
