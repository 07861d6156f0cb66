import {
  ConfigurationRequest,
  DidChangeConfigurationNotification,
  InitializedNotification,
  RegistrationRequest,
  type DidChangeConfigurationParams,
} from "vscode-languageserver";
import { isObject } from "../json/is-object.ts";
import type { Listen } from "./listen.ts";
import type { Session } from "./session.ts";
import { readSettings } from "./settings.ts";
import { tell } from "./tell.ts";

const section = "layerc";

/** Keeps the user's settings: asks the client for them where it answers, else takes them as they are sent. */
export function followConfiguration(listen: Listen): void {
  listen(InitializedNotification.method, async (_, session) => {
    const { client, connection } = session;
    if (client.registersConfiguration) {
      const registration = { id: "layerc-settings", method: DidChangeConfigurationNotification.method };
      const registrations = [{ ...registration, registerOptions: { section } }];
      tell(() => connection.sendRequest(RegistrationRequest.method, { registrations }));
    }
    if (client.configuration) await askForSettings(session);
  });
  listen<DidChangeConfigurationParams | undefined>(
    DidChangeConfigurationNotification.method,
    async (params, session) => {
      if (session.client.configuration) await askForSettings(session);
      // Some clients only say that something has changed.
      else if (isObject(params?.settings)) take(params.settings, session);
    },
  );
}

async function askForSettings(session: Session): Promise<void> {
  let answered: unknown;
  try {
    answered = await session.connection.sendRequest(ConfigurationRequest.method, { items: [{ section }] });
  } catch {
    // A client that says it answers and does not: the settings stay.
    return;
  }
  if (Array.isArray(answered)) take(answered[0], session);
}

/** Takes all that the user has set: what is not among it is as it was at the start, not as it was set before. */
function take(sent: unknown, session: Session): void {
  const before = JSON.stringify(session.settings);
  session.settings = readSettings(sent, session.initialSettings);
  if (JSON.stringify(session.settings) !== before) session.refresh();
}
