import type { Call } from "../cursor/calls.ts";
import {
  blockSignature,
  builtinSignature,
  compileSignature,
  modelSignature,
  type CallSignature,
  type SignatureParameter,
} from "../describe/call-signature.ts";
import { describeParameter } from "../describe/describe-parameter.ts";
import { exampleOf } from "./call-snippet.ts";
import { trainingKind } from "../describe/training-kind.ts";
import { tabStop, type CompletionItem } from "./completion-item.ts";
import { item, type CompletionRequest } from "./request.ts";
import { valueFollower, type ValueFollower } from "./value-follower.ts";
import { valueItems } from "./value-items.ts";

/** What can stand in the parentheses of a call: the names of arguments that are not given yet, and values. */
export async function argumentItems(request: CompletionRequest): Promise<readonly CompletionItem[]> {
  const { calls } = request.cursor;
  const call = calls.at(-1) as Call;
  const signature = signatureOf(calls.length - 1, request);
  const parameters = signature?.parameters ?? [];
  const follower = valueFollower(request);
  const takesName = call.name === undefined && !call.isBegun && !call.isInList;
  const names = takesName ? nameItems(call, parameters, follower, request) : [];
  const isAfterNamed = call.name === undefined && call.positional < call.index;
  if (follower === "equals" || isAfterNamed) return names;
  const wanted =
    call.name === undefined
      ? parameters.filter(({ spec }) => spec?.keywordOnly !== true)[call.positional]
      : parameters.find(({ name }) => name === call.name);
  const isTooMany = signature !== undefined && wanted === undefined && call.name === undefined;
  if (isTooMany) return names;
  const type = call.isInList ? wanted?.spec?.type.item : wanted?.spec?.type;
  const isOfNumbers = call.isInList && (type?.offered ?? []).length === 0;
  const values = await valueItems(
    {
      type: isOfNumbers ? undefined : type,
      isNumber: call.isBegun || isOfNumbers || signature?.kind === "function",
      takesDims: call.isInList,
    },
    request,
  );
  return [...values, ...names];
}

/** What the callee of one of the calls takes that the cursor is in, built in or declared. */
export function signatureOf(at: number, { names, textOf, cursor }: CompletionRequest): CallSignature | undefined {
  const { callee } = cursor.calls[at] as Call;
  const declaration = names.find(({ name }) => name === callee)?.declaration;
  if (declaration?.kind === "block") return { ...blockSignature(declaration, textOf), name: callee };
  if (declaration?.kind === "model") return { ...modelSignature(declaration), name: callee };
  if (callee === "compile") return compileSignature();
  const outer = cursor.calls[at - 1];
  return builtinSignature(
    callee,
    outer?.callee === "compile" ? trainingKind(outer.name ?? outer.positional) : undefined,
  );
}

function nameItems(
  { given, positional }: Call,
  parameters: readonly SignatureParameter[],
  follower: ValueFollower,
  request: CompletionRequest,
): readonly CompletionItem[] {
  const { word } = request.cursor;
  // What stands behind a word would stand beside the value that is written for it.
  const isMidst = word.start < word.end && follower !== "end" && follower !== "equals";
  if (isMidst || follower === "parentheses") return [];
  return parameters.slice(positional).flatMap((parameter, at): readonly CompletionItem[] => {
    const { name, preset, spec, expected } = parameter;
    if (given.includes(name)) return [];
    const isBare = follower === "equals";
    return [
      item(request, argumentSnippet(parameter, follower), {
        label: isBare ? name : `${name}=`,
        filterText: name,
        kind: "argument",
        detail: preset === undefined ? (expected ?? "") : `${preset} by default`,
        documentation: describeParameter(parameter),
        sortText: `5${String(at).padStart(3, "0")}`,
        ...(spec?.type.offered !== undefined && !isBare ? { suggestsAgain: true as const } : {}),
      }),
    ];
  });
}

function argumentSnippet(parameter: SignatureParameter, follower: ValueFollower): string {
  const { name } = parameter;
  switch (follower) {
    case "equals":
      return name;
    // The value is there already.
    case "value":
    case "parentheses":
      return `${name}=`;
    case "argument":
      return `${name}=${valueStop(parameter)}, `;
    case "end":
      return `${name}=${valueStop(parameter)}`;
  }
}

/** Of an empty list the place within. */
function valueStop(parameter: SignatureParameter): string {
  return parameter.preset === "[]" ? "[$1]" : tabStop(1, exampleOf(parameter));
}
