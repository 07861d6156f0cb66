import { findNodeAtLocation, parseTree, type Node } from "jsonc-parser";
import type { Span } from "../diagnostics/diagnostic.ts";

/** The steps from the top of a config to one of its values: `["overrides", 0, "files"]`. */
export type ConfigPath = readonly (string | number)[];

/** Finds the parts of a config in the text of its file. Answers nothing where that can't be told. */
export interface ConfigText {
  /** The key at the end of a path, with its quotes if it has any; for an element of a list the element. */
  key(path: ConfigPath): Span | undefined;
  value(path: ConfigPath): Span | undefined;
}

/** Finds parts of a JSON file; `prefix` leads to the config in it (`["layerc"]` in a package.json). */
export function jsonConfigText(file: string, text: string, prefix: ConfigPath): ConfigText {
  const root = parseTree(text, undefined, { allowTrailingComma: true });
  const find = (path: ConfigPath): Node | undefined =>
    root === undefined ? undefined : findNodeAtLocation(root, [...prefix, ...path]);
  const spanOf = (node: Node | undefined): Span | undefined =>
    node === undefined ? undefined : { file, start: node.offset, end: node.offset + node.length };
  return {
    key(path) {
      const node = find(path);
      return spanOf(node?.parent?.type === "property" ? node.parent.children?.[0] : node);
    },
    value: (path) => spanOf(find(path)),
  };
}

/**
 * Finds parts of a script. Its values are known only from running it, so a key is found where its name stands before
 * a colon exactly once in the text, and a value nowhere else than at its key. Other places are that of the export.
 */
export function scriptConfigText(file: string, text: string): ConfigText {
  const statement =
    /^export default\b|^module\.exports\b/m.exec(text) ??
    [...text.matchAll(/\bexport default\b|\bmodule\.exports\b/g)].at(-1);
  const exported = { file, start: statement?.index ?? 0, end: (statement?.index ?? 0) + (statement?.[0].length ?? 0) };
  const key = (path: ConfigPath): Span => {
    const name = path.findLast((step) => typeof step === "string");
    const matches = name === undefined ? [] : [...text.matchAll(keyPattern(name))];
    const found = matches.filter(({ index }) => !text.slice(text.lastIndexOf("\n", index) + 1, index).includes("//"));
    const [only] = found;
    if (found.length !== 1 || only === undefined) return exported;
    const start = only.index + (only[1]?.length ?? 0);
    return { file, start, end: only.index + only[0].replace(/\s*:$/, "").length };
  };
  return { key, value: key };
}

function keyPattern(name: string): RegExp {
  const word = name.replace(/[^\w]/g, "\\$&");
  return new RegExp(`(^|[\\s{,])(?:${word}|"${word}"|'${word}')\\s*:`, "g");
}
