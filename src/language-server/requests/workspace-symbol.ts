import { WorkspaceSymbolRequest, type SymbolInformation, type WorkspaceSymbolParams } from "vscode-languageserver";
import { workspaceSymbols } from "../../language-service/index.ts";
import { sourcePlaces } from "../source-places.ts";
import { symbolKinds } from "../symbol-kinds.ts";
import type { Request } from "./define-request.ts";

/** Symbols that are answered; more are of no use, and clients ask again with a longer query. */
const most = 500;

/** `workspace/symbol` */
export const workspaceSymbol: Request = {
  method: WorkspaceSymbolRequest.type.method,
  provides: () => ({ workspaceSymbolProvider: true }),
  async answer(params, session) {
    const { query } = (params ?? {}) as Partial<WorkspaceSymbolParams>;
    const { documents, platform, projects, folders, client, uriOf } = session;
    const beside = documents.all[0]?.path ?? folders.map((folder) => platform.pathOf(`${folder}/x`))[0] ?? "x";
    const files = await session.modelFiles(await projects.of(beside), beside, folders);
    const places = sourcePlaces(
      files.map(({ source }) => source),
      client.encoding,
      uriOf,
    );
    return workspaceSymbols(files, typeof query === "string" ? query : "")
      .slice(0, most)
      .map(({ name, kind, span }): SymbolInformation => ({
        name,
        kind: symbolKinds[kind],
        location: places.location(span),
        containerName: span.file,
      }));
  },
};
