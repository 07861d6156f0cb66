import * as vscode from "vscode";
import { messageOf, problemOf } from "../server/problem.ts";
import type { Server } from "../server/server.ts";
import type { LineLinks } from "./line-links.ts";
import { shortenLines } from "./shorten-lines.ts";

/** What a preview shows. */
export interface ShownModule {
  readonly text: string;
  readonly links: LineLinks;
  /** Why this is no more the module of the source, or not one at all. */
  readonly problem?: string;
}

/** The module of a source as it stands; while there is none, because of an error, the last one. */
export async function loadModule(
  server: Server,
  source: vscode.Uri,
  last: ShownModule | undefined,
): Promise<ShownModule> {
  let problem: string;
  try {
    const { files, lines, diagnostics } = await server.generated(source);
    const [module] = files;
    if (module !== undefined) return { text: shortenLines(module.text), links: asWritten(lines) };
    problem = problemOf(diagnostics) ?? "there is no model in this file";
  } catch (error) {
    problem = messageOf(error);
  }
  if (last !== undefined && last.links.length > 0) return { ...last, problem };
  return { text: `// There is nothing generated yet.\n// ${problem}\n`, links: [], problem };
}

/** With URIs as the editor writes them, which the server leaves as they may be written, too. */
function asWritten(links: LineLinks): LineLinks {
  const written = new Map<string, string>();
  return links.map((link) => {
    if (link === null) return null;
    const uri = written.get(link.uri) ?? vscode.Uri.parse(link.uri).toString();
    written.set(link.uri, uri);
    return { ...link, uri };
  });
}
