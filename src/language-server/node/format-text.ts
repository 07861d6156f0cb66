import path from "node:path";
import { formatOrNothing } from "../format-or-nothing.ts";
import type { FormatWishes } from "../../format/format-options.ts";
import { createFileFormatter } from "../../node/format-file.ts";
import { displayPath } from "../../node/paths.ts";
import type { Source } from "../../syntax/source.ts";
import { Refusal } from "../guard.ts";
import { isUri } from "../resolve-uri.ts";
import { filePath } from "./file-path.ts";
import { folderAround } from "./folder-around.ts";

/**
 * Formats a text as `layerc format` does in the folder that the client has open around the file, with the configs as they are
 * now. Undefined for a text with errors, and for a file that is to be ignored.
 */
export async function formatText(
  { path: file, text }: Source,
  wishes: FormatWishes,
  {
    base,
    folders,
    isTrusted,
  }: { readonly base: string; readonly folders: readonly string[]; readonly isTrusted: boolean },
): Promise<string | undefined> {
  // Configs of Prettier, and the Prettier of a project, are scripts. And what no file has yet has no config.
  if (!isTrusted || isUri(file)) return formatOrNothing(text, { ...wishes.withoutConfig, ...wishes.always });
  const absolute = path.resolve(base, file);
  const open = folders.flatMap((uri) => filePath(uri) ?? []);
  const cwd = folderAround(absolute, open) ?? path.dirname(absolute);
  const result = await createFileFormatter(cwd, true).format(displayPath(cwd, absolute), text, wishes);
  if (result.kind === "failed") throw new Refusal(result.problem.message);
  return result.kind === "formatted" ? result.text : undefined;
}
