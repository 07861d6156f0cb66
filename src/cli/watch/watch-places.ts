import path from "node:path";
import type { Environment } from "../../node/environment.ts";
import { splitGlob } from "../../node/inputs.ts";
import type { BuildInvocation } from "../build/build-invocation.ts";
import { configNames } from "../../node/find-config.ts";
import type { Watched } from "./watch-files.ts";

/** Where the model files of a build, and its config, may come to lie; paths absolute. */
export function inputPlaces(invocation: BuildInvocation, { cwd, files }: Environment): Watched {
  const { project } = invocation;
  const trees = new Set<string>();
  const single = new Set<string>(project?.dependencies ?? []);
  if (invocation.config === undefined) {
    for (const name of configNames) single.add(path.join(project?.folder ?? cwd, name));
  }

  const { include } = project?.config ?? {};
  const configured = include === undefined ? [] : typeof include === "string" ? [include] : include;
  const wanted = configured.filter((glob) => !glob.startsWith("!"));
  const [folder, patterns] =
    invocation.files.length > 0 || project === undefined
      ? [cwd, invocation.files]
      : [project.folder, wanted.length === 0 ? ["**/*.layers"] : wanted];
  for (const pattern of patterns) {
    const named = path.resolve(folder, pattern);
    // A name that exists is that file, even if it looks like a glob.
    const split = isFile(named, files) ? undefined : splitGlob(pattern, folder);
    if (split === undefined) single.add(named);
    else trees.add(split.base);
  }
  return { trees, files: single };
}

function isFile(file: string, files: Environment["files"]): boolean {
  try {
    return files.kind(file) === "file";
  } catch {
    return false;
  }
}
