import { servePort } from "layerc/language-server";

export function serve(port: MessagePort): void {
  servePort(port);
}
