import type { Call } from "../cursor/cursor.ts";
import {
  blockSignature,
  builtinSignature,
  type CallSignature,
  type SignatureParameter,
} from "../describe/call-signature.ts";
import { describeParameter } from "../describe/describe-parameter.ts";
import { exampleOf } from "./call-snippet.ts";
import { tabStop, type CompletionItem } from "./completion-item.ts";
import { item, type CompletionRequest } from "./request.ts";
import { valueItems } from "./value-items.ts";

/** What can stand in the parentheses of a call: the names of arguments that are not given yet, and values. */
export async function argumentItems(request: CompletionRequest): Promise<readonly CompletionItem[]> {
  const call = request.cursor.calls.at(-1) as Call;
  const signature = signatureOf(call.callee, request);
  const parameters = signature?.parameters ?? [];
  const isNameOnly = request.cursor.behind[0]?.text === "=";
  const names =
    call.name !== undefined || call.isBegun || call.isInList ? [] : nameItems(call, parameters, isNameOnly, request);
  const wanted =
    call.name === undefined ? parameters[call.positional] : parameters.find(({ name }) => name === call.name);
  const isAfterNamed = call.name === undefined && call.positional < call.index;
  if (isNameOnly || isAfterNamed) return names;
  const values = await valueItems(
    {
      type: call.isInList ? undefined : wanted?.spec?.type,
      isNumber: call.isBegun || call.isInList || signature?.kind === "function",
      takesDims: call.isInList,
    },
    request,
  );
  return [...values, ...names];
}

/** What a callee takes, built in or declared. */
export function signatureOf(callee: string, { names, textOf }: CompletionRequest): CallSignature | undefined {
  const declaration = names.find(({ name }) => name === callee)?.declaration;
  if (declaration?.kind === "block") return { ...blockSignature(declaration, textOf), name: callee };
  return builtinSignature(callee);
}

function nameItems(
  { given, positional }: Call,
  parameters: readonly SignatureParameter[],
  isNameOnly: boolean,
  request: CompletionRequest,
): readonly CompletionItem[] {
  const { cursor } = request;
  const [next] = cursor.behind;
  const isValueBehind =
    next !== undefined &&
    !next.beginsLine &&
    (next.kind !== "sign" || next.text === "[" || next.text === "(" || next.text === "-") &&
    !isNameOnly;
  // A value that stands behind an empty word gets the name; behind a word, two values would stand side by side.
  if (isValueBehind && cursor.word.start < cursor.word.end) return [];
  return parameters.slice(positional).flatMap((parameter, at): readonly CompletionItem[] => {
    const { name, preset, spec, expected } = parameter;
    if (given.includes(name)) return [];
    const value = tabStop(1, exampleOf(parameter));
    const snippet = isNameOnly ? name : isValueBehind ? `${name}=` : `${name}=${value}`;
    return [
      item(request, snippet, {
        label: isNameOnly ? name : `${name}=`,
        filterText: name,
        kind: "argument",
        detail: preset === undefined ? (expected ?? "") : `${preset} by default`,
        documentation: describeParameter(parameter),
        sortText: `5${String(at).padStart(3, "0")}`,
        ...(spec?.type.offered !== undefined && !isNameOnly ? { suggestsAgain: true as const } : {}),
      }),
    ];
  });
}
