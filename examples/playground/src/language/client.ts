import {
  findReferencesKeymap,
  formatKeymap,
  hoverTooltips,
  jumpToDefinitionKeymap,
  LSPClient,
  renameKeymap,
  serverCompletion,
  signatureHelp,
} from "@codemirror/lsp-client";
import type { Extension } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import DOMPurify from "dompurify";
import { layersLanguage } from "../editor/text-mate.ts";
import { actionsKeymap, codeActionMenu } from "./code-actions.ts";
import { diagnostics } from "./diagnostics.ts";
import { uriOf } from "./file-names.ts";
import { inlayHints } from "./inlay-hints.ts";
import { answersInQuiet } from "./quiet.ts";
import { portTransport, type ReadFile } from "./transport.ts";

/** A client of the language server that listens at a port. */
export function createClient(port: MessagePort, readFile: ReadFile): LSPClient {
  const client = new LSPClient({
    rootUri: "file:///",
    initializationOptions: { readsFiles: true },
    // The first answer waits for the server's code.
    timeout: 30_000,
    sanitizeHTML: (html) =>
      DOMPurify.sanitize(html, {
        USE_PROFILES: { html: true },
        FORBID_TAGS: ["img", "style", "form"],
      }),
    highlightLanguage: (name) => (name === "layers" ? layersLanguage : null),
    extensions: [
      { clientCapabilities },
      serverCompletion({ override: true }),
      hoverTooltips(),
      signatureHelp(),
      keymap.of([
        ...formatKeymap,
        ...renameKeymap,
        ...jumpToDefinitionKeymap,
        ...findReferencesKeymap,
        ...actionsKeymap,
      ]),
      codeActionMenu,
      answersInQuiet([diagnostics, inlayHints]),
    ],
  });
  return client.connect(portTransport(port, readFile));
}

/** What the extensions here do beside those of the client. */
const clientCapabilities = {
  textDocument: {
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: [] } },
    },
    inlayHint: {},
  },
};

export function serverFor(client: LSPClient): (name: string) => Extension {
  return (name) => client.plugin(uriOf(name), "layers");
}
