import {
  ErrorCodes,
  ResponseError,
  type CancellationToken,
  type Connection,
  type InitializeResult,
} from "vscode-languageserver";
import { version } from "../version.ts";
import { capabilitiesFor } from "./capabilities.ts";
import { guard, guardRequest } from "./guard.ts";
import { followConfiguration } from "./configuration.ts";
import { followDocuments } from "./follow-documents.ts";
import { filesChanged, followFiles } from "./follow-files.ts";
import type { Listen } from "./listen.ts";
import { openSession } from "./open-session.ts";
import type { MakePlatform } from "./platform.ts";
import { requests } from "./requests/index.ts";
import type { Session } from "./session.ts";

/**
 * Serves a client over a connection, from `initialize` to `exit`. Whatever the client sends, and whatever goes wrong inside, the
 * server goes on.
 */
export function serve(connection: Connection, makePlatform: MakePlatform): void {
  let session: Session | undefined;
  let isShutDown = false;

  const heard = new Map<string, ((params: never, session: Session) => Promise<void> | void)[]>();
  const listen: Listen = (method, listener) => {
    const listeners = heard.get(method) ?? [];
    listeners.push(listener);
    if (listeners.length > 1) return;
    heard.set(method, listeners);
    connection.onNotification(method, (params: unknown) => {
      if (session === undefined || isShutDown) return;
      const present = session;
      // A client that sends something else gets what that leads to: a line in its log.
      for (const each of listeners) guard(connection, method, () => each(params as never, present));
    });
  };

  connection.onInitialize((params): InitializeResult => {
    if (session !== undefined) throw new ResponseError(ErrorCodes.InvalidRequest, "the server is initialized already");
    session = openSession(connection, params, makePlatform);
    for (const [method, changed] of Object.entries(session.platform.fileNotifications ?? {})) {
      listen(method, (params, present) => filesChanged(changed(params), present));
    }
    return { capabilities: capabilitiesFor(session.client), serverInfo: { name: "layerc", version } };
  });
  connection.onShutdown(() => {
    isShutDown = true;
    session?.diagnose.stop();
    session?.platform.close?.();
  });

  const present = (): Session => {
    if (session === undefined)
      throw new ResponseError(ErrorCodes.ServerNotInitialized, "the server is not initialized");
    if (isShutDown) throw new ResponseError(ErrorCodes.InvalidRequest, "the server is shut down");
    return session;
  };
  for (const { method, answer } of requests) {
    // A request without parameters comes with the token alone.
    connection.onRequest(method, (...given: readonly unknown[]) => {
      const token = given.at(-1) as CancellationToken;
      const params = given.length > 1 ? given[0] : undefined;
      return guardRequest(connection, method, token, () => answer(params, present(), token));
    });
  }
  followDocuments(listen);
  followFiles(listen);
  followConfiguration(listen);
  connection.listen();
}
