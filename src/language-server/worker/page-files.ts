import { isObject } from "../../json/is-object.ts";

/** What a page gives of a file: its text, its bytes, or its bytes in base64, where messages are texts. */
export type PageFile = string | Uint8Array | { readonly base64: string };

/** The bytes of a file that a page has given; undefined for anything else, such as the null that removes one. */
export function pageFileBytes(file: unknown): Uint8Array | undefined {
  if (typeof file === "string") return new TextEncoder().encode(file);
  if (file instanceof Uint8Array) return file;
  if (file instanceof ArrayBuffer) return new Uint8Array(file);
  if (!isObject(file) || typeof file["base64"] !== "string") return undefined;
  try {
    return Uint8Array.from(atob(file["base64"]), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
