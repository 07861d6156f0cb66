import { InitializeRequest, type ConnectionOptions, type Message } from "vscode-languageserver";
import { isObject } from "../json/is-object.ts";

/** How a connection is made: with what the protocol's library can't do without, put where a client leaves it out. */
export const tolerance: ConnectionOptions = {
  messageStrategy: { handleMessage: (message, next) => next(withCapabilities(message)) },
};

/** A client may have no capabilities at all. */
function withCapabilities(message: Message): Message {
  if (!("method" in message) || message.method !== InitializeRequest.method) return message;
  const params = "params" in message && isObject(message.params) ? message.params : {};
  if (isObject(params["capabilities"])) return message;
  return { ...message, params: { ...params, capabilities: {} } } as Message;
}
