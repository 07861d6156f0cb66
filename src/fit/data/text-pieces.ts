import { fail } from "../../files/read-failure.ts";
import type { DataFile } from "./data-file.ts";

/** The text of a file, piece by piece, without its byte order mark. Fails where it is not UTF-8. */
export async function* textPieces(file: DataFile): AsyncIterable<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let isFirst = true;
  for await (const chunk of file.read()) {
    if (isFirst && isUtf16(chunk)) fail("unsupported", "it is UTF-16 text, not UTF-8: save it as UTF-8");
    isFirst = false;
    const piece = decoded(() => decoder.decode(chunk, { stream: true }));
    if (piece !== "") yield piece;
  }
  const rest = decoded(() => decoder.decode());
  if (rest !== "") yield rest;
}

function decoded(decode: () => string): string {
  try {
    return decode();
  } catch {
    return fail("unsupported", "it is not UTF-8 text: save it as UTF-8");
  }
}

function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}
