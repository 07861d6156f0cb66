import type { Analysis } from "../language-service/analysis.ts";
import { createWorkspace, type Workspace } from "../language-service/workspace.ts";
import type { Host } from "../load/host.ts";
import type { Documents, OpenDocument } from "./documents.ts";
import type { Platform, Project } from "./platform.ts";

/** A project with its open files. */
export interface OpenProject {
  readonly project: Project;
  /** Reads files as they are open, and others from the disk. */
  readonly host: Host;
  readonly workspace: Workspace;
}

/** The projects that the open documents belong to: a workspace for each, and for all that have no config one. */
export interface Projects {
  /** The project of a model file, open or not. */
  of(path: string): Promise<OpenProject>;
  /** Takes a document as it is now. */
  update(document: OpenDocument): void;
  close(document: OpenDocument): void;
  /** A file that is not open has changed. */
  changed(path: string): void;
  /** Whether a project's config comes from this file. */
  isConfig(path: string): boolean;
  /** Configs are read again. */
  reload(): void;
  /** What is known of an open document in its present state. */
  analysis(document: OpenDocument): Promise<Analysis | undefined>;
  /** The open documents that a file is part of, as far as they have been analysed. */
  dependents(path: string): readonly string[];
  /** All files, but for the open ones, that what is known depends on; paths. */
  readonly dependencies: readonly string[];
}

export interface ProjectEvents {
  /** The host that a project's files are read through. */
  host(host: Host): Host;
  loaded(project: Project): void;
  unloaded(): void;
}

export function createProjects(platform: Platform, documents: Documents, events: ProjectEvents): Projects {
  let byKey = new Map<string, OpenProject>();
  let byFolder = new Map<string, Promise<OpenProject>>();
  /** What open files depend on. */
  const read = new Map<string, readonly string[]>();

  async function load(path: string, isCurrent: () => boolean): Promise<OpenProject> {
    const project = await platform.loadProject(path);
    const known = byKey.get(project.key);
    if (known !== undefined) return known;
    const host = events.host(overlay(project.host, documents));
    const opened = { project, host, workspace: createWorkspace(host) };
    if (!isCurrent()) return opened;
    byKey.set(project.key, opened);
    events.loaded(project);
    return opened;
  }

  const of = (path: string): Promise<OpenProject> => {
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    const mine = byFolder;
    const known = mine.get(folder) ?? load(path, () => mine === byFolder);
    mine.set(folder, known);
    return known;
  };
  const workspaces = (): readonly Workspace[] => [...byKey.values()].map(({ workspace }) => workspace);

  return {
    of,
    update({ path, text }) {
      for (const workspace of workspaces()) {
        if (workspace.paths.includes(path)) workspace.set({ path, text });
        else workspace.changed(path);
      }
    },
    close({ path }) {
      read.delete(path);
      for (const workspace of workspaces()) {
        workspace.close(path);
        workspace.changed(path);
      }
    },
    changed(path) {
      for (const workspace of workspaces()) workspace.changed(path);
    },
    isConfig: (path) => [...byKey.values()].some(({ project }) => project.dependencies.includes(path)),
    reload() {
      events.unloaded();
      read.clear();
      byKey = new Map();
      byFolder = new Map();
    },
    async analysis({ uri, path }) {
      const { workspace } = await of(path);
      const document = documents.get(uri);
      if (document === undefined) return undefined;
      workspace.set({ path, text: document.text });
      const analysis = await workspace.analysis(path);
      if (analysis !== undefined) read.set(path, analysis.result.dependencies);
      return analysis;
    },
    dependents(path) {
      // A text that has not been analysed yet is taken to read what the one before it has read.
      const before = [...read].filter(([, files]) => files.includes(path)).map(([reader]) => reader);
      return [...new Set([...workspaces().flatMap((workspace) => workspace.dependents(path)), ...before])];
    },
    get dependencies() {
      const configs = [...byKey.values()].flatMap(({ project }) => project.dependencies);
      return [...new Set([...configs, ...[...read.values()].flat()])].filter(
        (path) => documents.at(path) === undefined,
      );
    },
  };
}

/** A host in which open documents have their unsaved texts, those of other projects too. */
function overlay(host: Host, documents: Documents): Host {
  return {
    ...host,
    async readText(path) {
      const open = documents.at(path);
      return open === undefined ? host.readText(path) : { ok: true, content: open.text };
    },
  };
}
