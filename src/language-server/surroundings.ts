import type { Surroundings } from "../language-service/index.ts";
import type { OpenDocument } from "./documents.ts";
import type { Session } from "./session.ts";

/** What features ask of the files around a document. */
export async function surroundingsOf({ path }: OpenDocument, session: Session): Promise<Surroundings> {
  const opened = await session.projects.of(path);
  const { host, project, workspace } = opened;
  return {
    list: async (from, folder) => project.list(host.resolve(from, folder)),
    files: () => session.modelFiles(opened, path, session.folders),
    weightFile: (from, written) => workspace.weightFile(from, written),
  };
}
