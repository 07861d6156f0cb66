import type { SourceFile } from "../model/built.ts";

/** A model file in characters that any address may have: its name and text, deflated, in base64url. */
export async function packSource({ name, text }: SourceFile): Promise<string> {
  const plain = new Blob([`${name}\n${text}`]).stream();
  const packed = plain.pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  let characters = "";
  for (const byte of bytes) characters += String.fromCharCode(byte);
  return btoa(characters)
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** What `packSource` has packed. Throws for anything else. */
export async function unpackSource(packed: string): Promise<SourceFile> {
  try {
    const characters = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(characters, (one) => one.charCodeAt(0));
    const plain = new Blob([bytes])
      .stream()
      .pipeThrough(new DecompressionStream("deflate-raw"));
    const whole = await readAtMost(plain, mostBytes);
    const [name = "", ...lines] = whole.split("\n");
    if (!/^[\w-][\w. -]*\.layers$/.test(name)) throw new Error("no name");
    return { name, text: lines.join("\n") };
  } catch (cause) {
    throw new Error("the shared model is damaged: copy the whole address", {
      cause,
    });
  }
}

/** A small address may unpack to gigabytes. */
const mostBytes = 2 ** 22;

async function readAtMost(
  stream: ReadableStream<Uint8Array>,
  most: number,
): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.length;
    if (length > most) throw new Error("too long");
    text += decoder.decode(value, { stream: true });
  }
}
