import type { Source } from "../../syntax/source.ts";
import { Refusal } from "../guard.ts";
import type { OpenProject } from "../projects.ts";
import type { Session } from "../session.ts";
import { textOf, type Given } from "./define-command.ts";

/** The model file that a command is about, by its `uri`: as it is open, or as it is on the disk; and its project. */
export async function sourceOf(
  given: Given,
  { documents, platform, projects }: Session,
): Promise<OpenProject & { readonly source: Source }> {
  const uri = textOf(given, "uri");
  if (uri === undefined) throw new Refusal("the command needs the uri of a model file, as in { uri: … }");
  const path = documents.get(uri)?.path ?? platform.pathOf(uri);
  const opened = await projects.of(path);
  const read = await opened.host.readText(path);
  if (!read.ok) throw new Refusal(`can't read '${path}': ${read.reason}`);
  return { ...opened, source: { path, text: read.content } };
}
