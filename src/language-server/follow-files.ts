import {
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  InitializedNotification,
  RegistrationRequest,
  type DidChangeWatchedFilesParams,
  type DidChangeWorkspaceFoldersParams,
} from "vscode-languageserver";
import type { Listen } from "./listen.ts";
import type { Session } from "./session.ts";
import { tell } from "./tell.ts";

/** Hears of files that change on the disk: from the client, or from the platform where the client watches none. */
export function followFiles(listen: Listen): void {
  listen(InitializedNotification.method, (_, { client, connection, platform }) => {
    if (!client.watchesFiles) return;
    const watchers = platform.watched.map((globPattern) => ({ globPattern }));
    const registration = { id: "layerc-files", method: DidChangeWatchedFilesNotification.method };
    const registrations = [{ ...registration, registerOptions: { watchers } }];
    tell(() => connection.sendRequest(RegistrationRequest.method, { registrations }));
  });
  listen<DidChangeWatchedFilesParams>(DidChangeWatchedFilesNotification.method, ({ changes }, session) => {
    filesChanged(
      changes.map(({ uri }) => session.platform.pathOf(uri)),
      session,
    );
  });
  listen<DidChangeWorkspaceFoldersParams>(DidChangeWorkspaceFoldersNotification.method, ({ event }, session) => {
    session.folders = [
      ...session.folders.filter((folder) => !event.removed.some(({ uri }) => uri === folder)),
      ...event.added.map(({ uri }) => uri),
    ];
  });
}

/** Looks again at the open documents that files are part of. A document that is open is what the client says that it is. */
export function filesChanged(paths: readonly string[], session: Session): void {
  const { documents, projects, diagnose, platform } = session;
  for (const path of paths) session.modelFiles.changed(path);
  if (paths.some((path) => platform.isConfig(path) || projects.isConfig(path))) {
    projects.reload();
    diagnose.changed(documents.all.map(({ path }) => path));
    session.refresh();
    return;
  }
  const closed = paths.filter((path) => documents.at(path) === undefined);
  for (const path of closed) projects.changed(path);
  diagnose.changed(closed);
}
