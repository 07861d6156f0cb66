import { layers } from "../../layers/index.ts";
import type { ModelDeclaration } from "../../syntax/ast.ts";
import { blockSignature, builtinSignature, signatureLabel, type CallSignature } from "../describe/call-signature.ts";
import { describeDeclaration } from "../describe/describe-definition.ts";
import { hasOwnCompile } from "../../syntax/declares-callable.ts";
import { keywordDocs } from "../describe/keyword-docs.ts";
import { nodesAt } from "../tree/nodes-at.ts";
import type { Place } from "../cursor/place.ts";
import { callSnippet } from "./call-snippet.ts";
import { tabStop, type CompletionItem } from "./completion-item.ts";
import { compileSnippet } from "./compile-snippet.ts";
import { importableItems } from "./importable-items.ts";
import { boundFile, fileLayerItems, labelledItem, type BoundFile } from "./weight-items.ts";
import { isGluedBehind, item, type CompletionRequest } from "./request.ts";

type BodyPlace = Extract<Place, { kind: "body" }>;

/** What can begin where a statement can: layers, blocks, models, those that an import would bring, clauses. */
export async function bodyItems(place: BodyPlace, request: CompletionRequest): Promise<readonly CompletionItem[]> {
  const behind = followerOf(request);
  if (behind === "nothing fits") return [];
  const space = behind !== "parentheses" && isGluedBehind(request) ? " " : "";
  const call = (signature: CallSignature): string =>
    behind === "parentheses" ? signature.name : `${callSnippet(signature)}${space}`;
  const imported = await importableItems(
    [...(place.isLabelled ? [] : ["block" as const]), ...(behind === "parentheses" ? [] : ["model" as const])],
    ({ name }, written) => (behind === "parentheses" ? name.text : `${written}${space}`),
    request,
  );
  const model = modelAround(request, place.start);
  const file = place.of === "model" ? await boundFile(model, request) : undefined;
  const keywords = behind === "statement" && !place.isLabelled ? clauseItems(place, model, file, request) : [];
  const ofFile =
    file === undefined || model === undefined || behind === "parentheses"
      ? []
      : place.label !== undefined
        ? labelledItem(file, place.label, space, request)
        : place.isLabelled || behind !== "statement"
          ? []
          : fileLayerItems(file, model, space, request);
  // Nothing is a part of itself.
  const around = nodesAt(request.analysis.file, place.start).flatMap((node) =>
    node.kind === "model" || node.kind === "block" ? [node] : [],
  );
  const usable = request.names.filter(({ declaration }) => !around.some((node) => node === declaration));
  const names = usable.flatMap(({ name, declaration }): readonly CompletionItem[] => {
    if (declaration?.kind === "model" && behind !== "parentheses") {
      const documentation = describeDeclaration(declaration, request.analysis);
      return [item(request, `${name}${space}`, { label: name, kind: "model", documentation, sortText: `1${name}` })];
    }
    if (declaration?.kind !== "block" || place.isLabelled) return [];
    const signature = { ...blockSignature(declaration, request.textOf), name };
    return [callItem(signature, call(signature), `1${name}`, request)];
  });
  const builtin = layers.map(({ className }, at) => {
    const signature = builtinSignature(className) as CallSignature;
    return callItem(signature, call(signature), `2${String(at).padStart(3, "0")}`, request);
  });
  return [...ofFile, ...keywords, ...names, ...builtin, ...imported];
}

/** What stands behind the word, for what is written in its place. */
type Follower = "statement" | "assertion" | "parentheses" | "nothing fits";

function followerOf({ cursor, analysis }: CompletionRequest): Follower {
  const [next, second] = cursor.behind;
  const { start, end } = cursor.word;
  const word = analysis.source.text.slice(start, end);
  if (next === undefined) return "statement";
  switch (next.kind) {
    case "sign":
      if (next.text === "}") return "statement";
      if (next.text === "(" && start < end) return "parentheses";
      return next.text === "->" ? "assertion" : "nothing fits";
    case "string":
      return second?.text === ":" ? "statement" : "nothing fits";
    case "name":
      // The count of a `repeat` that is there already.
      if (word === "repeat" && !/[\r\n]/.test(analysis.source.text.slice(end, next.start))) return "nothing fits";
      if (next.text === "prefix" && second?.kind === "string") return "nothing fits";
      return isStatement(next.text, second?.text) ? "statement" : "nothing fits";
    default:
      return "nothing fits";
  }
}

/** Whether a statement begins with a name and a sign: `Dense(`, `hidden:`, or a name alone. */
function isStatement(name: string, sign: string | undefined): boolean {
  if (sign === "(") return /^(?:[A-Z]|compile$)/.test(name);
  return sign !== "=" && sign !== ",";
}

function callItem(
  signature: CallSignature,
  snippet: string,
  sortText: string,
  request: CompletionRequest,
): CompletionItem {
  const { name, kind, doc } = signature;
  return item(request, snippet, {
    label: name,
    kind,
    detail: signatureLabel(signature).label,
    ...(doc === undefined || doc === "" ? {} : { documentation: doc }),
    sortText,
  });
}

/** The clauses that the model lacks, and `repeat`. */
function clauseItems(
  { of, isBehindPath }: BodyPlace,
  model: ModelDeclaration | undefined,
  file: BoundFile | undefined,
  request: CompletionRequest,
): readonly CompletionItem[] {
  const { cursor } = request;
  const body = model?.body ?? [];
  const has = (kind: string): boolean =>
    body.some((statement) => statement.kind === kind && statement.span.start !== cursor.word.start);
  const isFirst = !body.some(
    ({ kind, span }) => (kind === "layer" || kind === "repeat") && span.end <= cursor.word.start,
  );
  const keyword = (name: string, snippet: string, sortText = `0${name}`): CompletionItem =>
    item(request, `${snippet}${isGluedBehind(request) ? " " : ""}`, {
      label: name,
      kind: "keyword",
      ...(keywordDocs[name] === undefined
        ? {}
        : { detail: keywordDocs[name].form, documentation: keywordDocs[name].doc }),
      sortText,
    });
  const clauses =
    of === "model"
      ? [
          ...(has("input") || !isFirst ? [] : [keyword("input", `input [${tabStop(1, inputAxes(file))}]`)]),
          ...(has("weights") ? [] : [{ ...keyword("weights", 'weights "${1:./}"'), suggestsAgain: true as const }]),
          ...(isBehindPath ? [keyword("prefix", 'prefix "$1"')] : []),
          ...(has("labels") ? [] : [keyword("labels", 'labels ["${1:a}", "${2:b}"]')]),
          // Behind the others: it is written once the layers are there.
          ...(has("compile") || hasOwnCompile(request.analysis.file)
            ? []
            : [keyword("compile", compileSnippet(model, request), "0~compile")]),
        ]
      : [];
  return [...clauses, keyword("repeat", "repeat ${1:2} {\n  Dense(${2:64})\n\\}")];
}

/** The axes of an input, as far as the weight file tells them. */
function inputAxes(file: BoundFile | undefined): string {
  return file?.input === undefined || file.declarations.length > 0 ? "64" : file.input.slice(1, -1);
}

function modelAround({ analysis }: CompletionRequest, start: number): ModelDeclaration | undefined {
  const node = nodesAt(analysis.file, start).find(({ kind }) => kind === "model");
  return node?.kind === "model" ? node : undefined;
}
