import type { LSPPlugin } from "@codemirror/lsp-client";
import { setDiagnostics, type Diagnostic } from "@codemirror/lint";
import type { Text } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type {
  CodeAction,
  Diagnostic as LspDiagnostic,
  DocumentDiagnosticReport,
} from "vscode-languageserver-protocol";
import { adviceInPage } from "../page/advice.ts";
import { applyAction } from "./edits.ts";
import type { QuietAnswer } from "./quiet.ts";

/** What is wrong, with the fixes that the server knows. It is asked for: the client says so, and then nothing is pushed. */
export const diagnostics: QuietAnswer = {
  extension: [],
  async ask(view, plugin, isCurrent) {
    const textDocument = { uri: plugin.uri };
    const report = await plugin.client.request<
      unknown,
      DocumentDiagnosticReport
    >("textDocument/diagnostic", { textDocument });
    if (!isCurrent() || report.kind !== "full") return;
    const { items } = report;
    const actions = items.length === 0 ? [] : await fixes(view, plugin, items);
    if (!isCurrent()) return;
    const shown = items.map((item) =>
      show(item, plugin, actions, view.state.doc),
    );
    view.dispatch(setDiagnostics(view.state, shown));
  },
};

async function fixes(
  { state }: EditorView,
  plugin: LSPPlugin,
  items: readonly LspDiagnostic[],
): Promise<readonly CodeAction[]> {
  const found = await plugin.client.request<unknown, CodeAction[] | null>(
    "textDocument/codeAction",
    {
      textDocument: { uri: plugin.uri },
      range: {
        start: { line: 0, character: 0 },
        end: plugin.toPosition(state.doc.length),
      },
      context: { diagnostics: items, only: ["quickfix"] },
    },
  );
  return found ?? [];
}

function show(
  item: LspDiagnostic,
  plugin: LSPPlugin,
  actions: readonly CodeAction[],
  doc: Text,
): Diagnostic {
  const { range, message, severity, code } = item;
  const from = plugin.fromPosition(range.start);
  const own = actions.filter(({ diagnostics = [] }) =>
    diagnostics.some((one) => isSame(one, item)),
  );
  return {
    from,
    to: Math.max(from, plugin.fromPosition(range.end)),
    severity: severity === 1 ? "error" : severity === 2 ? "warning" : "info",
    source: code === undefined ? "layerc" : `layerc ${code}`,
    message: adviceInPage(
      typeof message === "string" ? message : message.value,
    ),
    actions: own.map((action) => ({
      name: action.title,
      apply: (view) => applyAction(view, action, doc),
    })),
  };
}

function isSame(one: LspDiagnostic, other: LspDiagnostic): boolean {
  return (
    one.code === other.code &&
    JSON.stringify(one.range) === JSON.stringify(other.range)
  );
}
