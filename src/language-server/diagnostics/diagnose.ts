import type { Analysis } from "../../language-service/analysis.ts";
import { guard } from "../guard.ts";
import type { Connection } from "vscode-languageserver";
import type { Client } from "../client.ts";
import type { Documents, OpenDocument } from "../documents.ts";
import type { InTurn } from "../in-turn.ts";
import type { Projects } from "../projects.ts";
import type { SourcePlaces } from "../source-places.ts";
import { areCurrent } from "../still-current.ts";
import { createDiagnosticStore, type DiagnosticReport } from "./diagnostic-store.ts";
import { findDiagnostics } from "./find-diagnostics.ts";

/** Finds out what is wrong with open documents, in the quiet moments between two changes. */
export interface Diagnose {
  /** Files have changed: they and the open documents that they are part of are looked at soon. */
  changed(paths: readonly string[]): void;
  closed(document: OpenDocument): void;
  /** For a client that asks: what there is to say about a document now, and about the closed files that it imports. */
  pull(document: OpenDocument): Promise<PulledDiagnostics | undefined>;
  /** Looks at nothing any more. */
  stop(): void;
}

export interface PulledDiagnostics {
  readonly report: DiagnosticReport;
  readonly related: readonly (readonly [path: string, report: DiagnosticReport])[];
}

/** What it needs of the session that it is a part of. */
export interface DiagnoseParts {
  readonly connection: Connection;
  readonly client: Client;
  readonly documents: Documents;
  readonly projects: Projects;
  readonly inTurn: InTurn;
  places(analysis: Analysis): SourcePlaces;
}

/** What the results of looking at documents are for. */
export interface DiagnoseEvents {
  /** A file has other diagnostics than before, because `by`, itself or one that imports it, is another one. */
  published(path: string, report: DiagnosticReport, by: string): void;
  /** A document was looked at. */
  analysed(analysis: Analysis, milliseconds: number): void;
  /** All that had changed was looked at, and documents that are part of it which were not changed themselves. */
  othersChanged(): void;
}

/** Milliseconds to wait for the next key: the time that the last look took, within these. */
const [shortestWait, longestWait] = [20, 400];

export function createDiagnose(session: DiagnoseParts, events: DiagnoseEvents): Diagnose {
  const { documents, projects, inTurn } = session;
  const store = createDiagnosticStore();
  let waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastTook = 0;

  function schedule(): void {
    clearTimeout(timer);
    const wait = Math.min(Math.max(lastTook, shortestWait), longestWait);
    timer = setTimeout(() => guard(session.connection, "diagnostics", run), wait);
  }

  async function run(): Promise<void> {
    const changed = waiting;
    waiting = new Set();
    const isOther = (path: string, of: string): boolean => path !== of && documents.at(path) !== undefined;
    const others = [...changed].flatMap((of) => projects.dependents(of).filter((path) => isOther(path, of)));
    for (const path of new Set([...changed, ...others])) {
      const document = documents.at(path);
      if (document !== undefined) await inTurn(() => look(document));
    }
    if (others.length > 0) events.othersChanged();
  }

  /** Analyses a document and publishes what is new. What was made of texts that are not there any more is dropped. */
  async function look(document: OpenDocument): Promise<void> {
    const start = performance.now();
    const analysis = await projects.analysis(document);
    if (analysis === undefined || !isCurrent(analysis)) return;
    lastTook = performance.now() - start;
    events.analysed(analysis, lastTook);
    // Always of the document itself: its client may have moved, or lost, what it shows with the text.
    publish([...new Set([document.path, ...store.set(document.path, found(analysis))])], document.path);
  }

  const found = (analysis: Analysis) =>
    findDiagnostics(analysis, (path) => documents.at(path) !== undefined, session.places(analysis), session.client);

  /** Whether an analysis is one of the texts that are open now. A change since then has been scheduled itself. */
  const isCurrent = (analysis: Analysis): boolean =>
    areCurrent([analysis], (path) => documents.at(path)?.text) &&
    documents.at(analysis.program.entry.source.path) !== undefined;

  const publish = (paths: readonly string[], by: string): void => {
    for (const path of paths) events.published(path, store.report(path), by);
  };

  return {
    changed(paths) {
      for (const path of paths) waiting.add(path);
      schedule();
    },
    closed(document) {
      const others = store.remove(document.path);
      // Itself always: as a closed file it is known by the server's URI, which may not be the client's.
      publish([...new Set([document.path, ...others])], document.path);
      waiting.add(document.path);
      schedule();
    },
    pull: (document) => inTurn(() => pull(document)),
    stop() {
      clearTimeout(timer);
      waiting = new Set();
    },
  };

  async function pull(document: OpenDocument): Promise<PulledDiagnostics | undefined> {
    // What those that import it make of it is shown in it.
    for (const path of projects.dependents(document.path)) {
      const other = documents.at(path);
      if (other !== undefined && other !== document) await look(other);
    }
    const analysis = await projects.analysis(document);
    if (analysis === undefined) return undefined;
    const fresh = found(analysis);
    if (isCurrent(analysis)) publish(store.set(document.path, fresh), document.path);
    const related = [...fresh.keys()].filter((path) => documents.at(path) === undefined);
    return {
      report: store.report(document.path),
      related: related.map((path) => [path, store.report(path)] as const),
    };
  }
}
