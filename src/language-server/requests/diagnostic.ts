import {
  DocumentDiagnosticReportKind,
  DocumentDiagnosticRequest,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  type FullDocumentDiagnosticReport,
} from "vscode-languageserver";
import type { DiagnosticReport } from "../diagnostics/diagnostic-store.ts";
import { documentUri, type Request } from "./define-request.ts";

/** `textDocument/diagnostic`, for clients that ask for diagnostics; to others they are pushed. */
export const diagnostic: Request = {
  method: DocumentDiagnosticRequest.type.method,
  provides: ({ pullsDiagnostics }) =>
    pullsDiagnostics
      ? { diagnosticProvider: { identifier: "layerc", interFileDependencies: true, workspaceDiagnostics: false } }
      : {},
  async answer(params, session) {
    const document = session.documents.get(documentUri(params));
    const { previousResultId } = params as DocumentDiagnosticParams;
    const pulled = document && (await session.diagnose.pull(document));
    if (pulled === undefined) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
    const { report, related } = pulled;
    const answered: DocumentDiagnosticReport =
      report.resultId === previousResultId
        ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: report.resultId }
        : fullReport(report);
    if (!session.client.relatedDocuments || related.length === 0) return answered;
    const others = related.map(([path, one]) => [session.uriOf(path), fullReport(one)] as const);
    return { ...answered, relatedDocuments: Object.fromEntries(others) };
  },
};

const fullReport = ({ items, resultId }: DiagnosticReport): FullDocumentDiagnosticReport => ({
  kind: DocumentDiagnosticReportKind.Full,
  resultId,
  items: [...items],
});
