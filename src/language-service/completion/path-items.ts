import { hasWeightEnding } from "../../files/weight-endings.ts";
import type { Place } from "../cursor/place.ts";
import { plainSnippet, type CompletionItem } from "./completion-item.ts";
import type { CompletionRequest } from "./request.ts";

/** Whether a clause can name a file. */
const canName: Readonly<Record<"import" | "weights", (name: string) => boolean>> = {
  import: (name) => name.endsWith(".layers"),
  weights: hasWeightEnding,
};

/** The files and folders that the path of an import or of a weights clause can go on with. */
export async function pathItems(
  { of, start, end }: Extract<Place, { kind: "path" }>,
  { analysis, offset, surroundings }: CompletionRequest,
): Promise<readonly CompletionItem[]> {
  const { source } = analysis;
  const typed = source.text.slice(start, offset);
  const slash = typed.lastIndexOf("/");
  const folder = typed.slice(0, slash + 1);
  // What is no path yet begins in the folder of the file.
  const isRelative = /^\.\.?\//.test(folder);
  const listed = (await surroundings.list?.(source.path, isRelative ? folder : `./${folder}`)) ?? [];
  const own = source.path.split(/[/\\]/).at(-1);
  const isClosed = source.text[end] === '"';
  const from = isRelative ? start + slash + 1 : start;
  const prefix = isRelative ? "" : `./${folder}`;
  const names = [...(isRelative || folder !== "" ? [] : ["../"]), ...listed];
  return names
    .filter((name) => /^[^"\\\u0000-\u001f]+$/.test(name) && name !== "./")
    .filter((name) => name.endsWith("/") || canName[of](name))
    .filter((name) => of === "weights" || name !== own || folder.replace("./", "") !== "")
    .map((name): CompletionItem => {
      const isFolder = name.endsWith("/");
      const text = plainSnippet(name === "../" && !isRelative ? name : prefix + name);
      return {
        label: name,
        kind: isFolder ? "folder" : "file",
        edit: {
          span: { file: source.path, start: from, end },
          text: isClosed ? text : isFolder ? `${text}$0"` : `${text}"`,
        },
        filterText: source.text.slice(from, start + slash + 1) + (isRelative ? "" : prefix) + name,
        sortText: `${isFolder ? "1" : "0"}${name}`,
        additionalEdits: [],
        ...(isFolder ? { suggestsAgain: true as const } : {}),
      };
    });
}
