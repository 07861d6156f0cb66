import { exampleFile, exampleNames } from "../files/examples.ts";
import { packSource, unpackSource } from "../files/pack-source.ts";
import type { SourceFile } from "../model/built.ts";
import type { Page } from "../tabs/tab.ts";

/** Browsers and mail programs take addresses of about this length. */
const mostCharacters = 30_000;

/** The model that an address names: `#example=iris`, or `#model=` and the text itself; without either the first example. */
export async function readAddress(hash: string): Promise<SourceFile> {
  const [, kind, value = ""] = /^#?(\w*)=?(.*)$/s.exec(hash) ?? [];
  if (kind === "example") return exampleFile(decodeURIComponent(value));
  if (kind === "model") return unpackSource(value);
  if (kind !== "")
    throw new Error("it is neither an example nor a shared model");
  return exampleFile("digits");
}

/** The address of a model, or undefined where it would be too long. */
export async function addressOf(
  source: SourceFile,
): Promise<string | undefined> {
  const url = new URL(location.href);
  url.hash = await hashOf(source);
  return url.href.length > mostCharacters ? undefined : url.href;
}

async function hashOf(source: SourceFile): Promise<string> {
  const example = source.name.replace(/\.layers$/, "");
  const isExample =
    exampleNames.includes(example) && exampleFile(example).text === source.text;
  return isExample
    ? `example=${encodeURIComponent(example)}`
    : `model=${await packSource(source)}`;
}

/** Keeps the address that of the text, so that a reload shows it again, and follows an address that is put in by hand. */
export function keepAddress(
  { models }: Page,
  opened: (hash: string) => Promise<void>,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: SourceFile = models.state.source;
  models.subscribe(({ source }) => {
    if (source.text === last.text && source.name === last.name) return;
    last = source;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const address = await addressOf(source);
      if (address !== undefined) history.replaceState(null, "", address);
    }, 400);
  });
  addEventListener("hashchange", () => void opened(location.hash));
}
