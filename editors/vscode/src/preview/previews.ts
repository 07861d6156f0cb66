import path from "node:path";
import * as vscode from "vscode";
import { createLiveDocuments, type LiveDocuments } from "../documents/live-documents.ts";
import type { ModelChanges } from "../documents/watch-models.ts";
import type { Server } from "../server/server.ts";
import { followCursor } from "./follow-cursor.ts";
import { tellOutdated } from "./tell-outdated.ts";
import { loadModule, type ShownModule } from "./load-module.ts";

const previewScheme = "layerc-generated";

/** The modules that model files become, beside them. */
export function createPreviews(server: Server, models: ModelChanges): Pick<LiveDocuments<unknown>, "show" | "dispose"> {
  const documents = createLiveDocuments<ShownModule>(
    {
      scheme: previewScheme,
      nameOf: (source) => `Generated ${path.posix.basename(source.path).replace(/\.layers$/, "")}.ts`,
      load: (source, last) => loadModule(server, source, last),
    },
    models,
  );
  const parts = [followCursor(previewScheme, documents), tellOutdated(previewScheme, documents)];
  return {
    show: (source) => documents.show(source),
    dispose: () => vscode.Disposable.from(...parts, documents).dispose(),
  };
}
