import type { TextEdit } from "../text-edit.ts";
import type { KerasObject } from "../../layers/definition.ts";

/** Something that could be written at a place. */
export interface CompletionItem {
  readonly label: string;
  readonly kind: CompletionKind;
  /** One line beside the label: a signature, a shape. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  /** What is replaced, and by what: a snippet of the Language Server Protocol, with tab stops such as `${1:64}`. */
  readonly edit: TextEdit;
  /** What an editor compares with the word that is typed, where that is not the label. */
  readonly filterText?: string;
  /** Items are shown in the order of these texts. */
  readonly sortText: string;
  /** Edits elsewhere in the file, such as an import. */
  readonly additionalEdits: readonly TextEdit[];
  /** What is written asks for a completion itself: a folder, the value of an argument. */
  readonly suggestsAgain?: true;
}

export type CompletionKind =
  | "layer"
  | "block"
  | "model"
  | "let"
  | "dim"
  | "parameter"
  | "argument"
  | "activation"
  | KerasObject["kind"]
  | "function"
  | "word"
  | "keyword"
  | "shape"
  | "label"
  | "snippet"
  | "file"
  | "folder";

/** Text that stands for itself in a snippet. */
export function plainSnippet(text: string): string {
  return text.replaceAll(/[\\$}]/g, (sign) => `\\${sign}`);
}

/** A tab stop with the text that it holds until it is typed over. */
export function tabStop(number: number, preset: string): string {
  return preset === "" ? `$${number}` : `\${${number}:${plainSnippet(preset)}}`;
}
