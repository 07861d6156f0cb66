import type { Host } from "layerc";

/** Gives the bytes of a file, or null where there is none. */
export type ReadFile = (name: string) => Promise<Uint8Array | null>;

/** The files of the page, which all lie in one folder, for the compiler. */
export function pageHost(readFile: ReadFile): Host {
  const readBytes: Host["readBytes"] = async (name) => {
    const content = await readFile(name);
    return content === null
      ? { ok: false, reason: "no such file" }
      : { ok: true, content };
  };
  return {
    resolve: (from, relative) => join(from, relative),
    readBytes,
    async readText(name) {
      const read = await readBytes(name);
      return read.ok
        ? { ok: true, content: new TextDecoder().decode(read.content) }
        : read;
    },
  };
}

/** `shards/a.bin` as `model.json` names it: beside that. */
function join(from: string, relative: string): string {
  const root = "https://page.invalid/";
  // A percent sign that is no part of an escape is one of the name.
  const escaped = relative.replace(/%(?![\da-f]{2})/gi, "%25");
  try {
    const { href } = new URL(escaped, new URL(from, root));
    return href.startsWith(root)
      ? decodeURIComponent(href.slice(root.length))
      : relative;
  } catch {
    return relative;
  }
}
