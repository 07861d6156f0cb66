#!/usr/bin/env bash
# @codemirror/lsp-client 6.3.0 declares that it asks for diagnostics, and never asks.
#
# Guess: a client whose capabilities have textDocument.diagnostic sends textDocument/diagnostic to a server with a
# diagnosticProvider, and a server may leave out publishDiagnostics for it, as the protocol's pull model (3.17) means it. Seen:
# initialize declares `diagnostic: {}`; with a server that provides them, opening and editing a document sends didOpen and
# didChange, and nothing else. Only what is pushed is shown, so a server that takes the declaration at its word shows no error.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module" }' >package.json
npm install --silent --ignore-scripts --no-audit --no-fund @codemirror/lsp-client@6.3.0 @codemirror/state@6.7.0 @codemirror/view@6.43.15 jsdom@26.1.0
cat >run.mjs <<'JS'
import { JSDOM } from "jsdom";
const { window } = new JSDOM("<body></body>", { pretendToBeVisual: true });
for (const name of ["document", "MutationObserver", "Node", "Range", "HTMLElement", "Element", "Window", "getComputedStyle"]) {
  globalThis[name] ??= window[name];
}
globalThis.window = window;
globalThis.requestAnimationFrame = (run) => setTimeout(run, 0);
globalThis.cancelAnimationFrame = clearTimeout;
const { EditorView } = await import("@codemirror/view");
const { LSPClient, languageServerExtensions } = await import("@codemirror/lsp-client");

const sent = [];
let receive;
const capabilities = { textDocumentSync: 1, diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false } };
const transport = {
  send(message) {
    const { id, method, params } = JSON.parse(message);
    sent.push(method);
    if (method === "initialize") console.log("declared:", JSON.stringify(params.capabilities.textDocument.diagnostic));
    if (id !== undefined) setTimeout(() => receive(JSON.stringify({ jsonrpc: "2.0", id, result: method === "initialize" ? { capabilities } : null })), 0);
  },
  subscribe: (handler) => void (receive = handler),
  unsubscribe() {},
};
const client = new LSPClient({ extensions: languageServerExtensions() }).connect(transport);
await client.initializing;
const view = new EditorView({ doc: "one", extensions: [client.plugin("file:///a.txt", "plaintext")], parent: document.body });
await new Promise((resolve) => setTimeout(resolve, 300));
view.dispatch({ changes: { from: 3, insert: " two" } });
await new Promise((resolve) => setTimeout(resolve, 1500));
console.log("sent:", [...new Set(sent)].join(" "));
process.exit(0);
JS
cat >expected.txt <<'TXT'
declared: {}
sent: initialize initialized textDocument/didOpen textDocument/didChange
TXT
node run.mjs 2>errors.txt >found.txt || { cat errors.txt >&2; exit 1; }
diff expected.txt found.txt && echo "as stated"
