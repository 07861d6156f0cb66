import path from "node:path";
import { createLiveDocuments, type LiveDocuments } from "./documents/live-documents.ts";
import type { ModelChanges } from "./documents/watch-models.ts";
import { messageOf, problemOf } from "./server/problem.ts";
import type { Server } from "./server/server.ts";

interface Content {
  readonly text: string;
}

/** The tables of Keras for the models of a file, beside it. */
export function createSummaries(server: Server, models: ModelChanges): LiveDocuments<Content> {
  return createLiveDocuments<Content>(
    {
      scheme: "layerc-summary",
      nameOf: (source) => `Summary of ${path.posix.basename(source.path)}`,
      async load(source) {
        try {
          const { text, diagnostics } = await server.summary(source);
          const problem = problemOf(diagnostics);
          return { text: problem === undefined ? text : [problem, text].filter((part) => part !== "").join("\n\n") };
        } catch (error) {
          return { text: messageOf(error) };
        }
      },
    },
    models,
  );
}
