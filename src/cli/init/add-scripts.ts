import { parseTree, type Node } from "jsonc-parser";

/** A package.json with scripts added; those it has already are in `kept`. */
export interface AddedScripts {
  readonly text: string;
  readonly added: readonly string[];
  readonly kept: readonly string[];
}

/**
 * Adds scripts to the text of a package.json, an object, and leaves every other character as it is. They are written as
 * their neighbours are.
 */
export function addScripts(
  text: string,
  existing: Readonly<Record<string, unknown>>,
  scripts: Readonly<Record<string, string>>,
): AddedScripts {
  const names = Object.keys(scripts);
  const added = names.filter((name) => !Object.hasOwn(existing, name));
  const kept = names.filter((name) => Object.hasOwn(existing, name));
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  let bare = text.slice(mark.length);
  if (added.length > 0 && nodeAt(bare, ["scripts"]) === undefined) bare = addProperty(bare, [], "scripts", "{}");
  for (const name of added) bare = addProperty(bare, ["scripts"], name, JSON.stringify(scripts[name]));
  return { text: mark + bare, added, kept };
}

/** Gives a script of a package.json another command, if it has exactly the one of `from`; every other character stays. */
export function replaceScript(
  text: string,
  name: string,
  from: readonly string[],
  to: (old: string) => string,
): string {
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const bare = text.slice(mark.length);
  const scripts = nodeAt(bare, ["scripts"]);
  const node = scripts?.children?.findLast((child) => child.children?.[0]?.value === name)?.children?.[1];
  const old: unknown = node?.value;
  if (node === undefined || typeof old !== "string" || !from.includes(old)) return text;
  return mark + bare.slice(0, node.offset) + JSON.stringify(to(old)) + bare.slice(node.offset + node.length);
}

/** Adds a property at the end of the object at `path`. */
function addProperty(text: string, path: readonly string[], name: string, value: string): string {
  const object = nodeAt(text, path) as Node;
  const last = object.children?.at(-1);
  if (last === undefined) {
    const { lead, end } = spaceInEmpty(text, path.length);
    const start = object.offset + 1;
    const close = object.offset + object.length - 1;
    return `${text.slice(0, start)}${lead}${JSON.stringify(name)}: ${value}${end}${text.slice(close)}`;
  }
  const [key, content] = last.children as [Node, Node];
  const colon = text.slice(key.offset + key.length, content.offset);
  const before = object.children?.at(-2);
  const lead = text.slice(before === undefined ? object.offset + 1 : before.offset + before.length, last.offset);
  const at = last.offset + last.length;
  return `${text.slice(0, at)},${lead.replace(/^\s*,/, "")}${JSON.stringify(name)}${colon}${value}${text.slice(at)}`;
}

/** The space around the first property of an object that has none yet, `depth` objects inside the outermost. */
function spaceInEmpty(text: string, depth: number): { readonly lead: string; readonly end: string } {
  // One line stays one line, unless there is nothing on it.
  if (!/[\r\n]/.test(text.trim()) && text.replace(/\s/g, "").length > 2) return { lead: " ", end: " " };
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const indentation = /^([ \t]+)\S/m.exec(text)?.[1] ?? "  ";
  return { lead: eol + indentation.repeat(depth + 1), end: eol + indentation.repeat(depth) };
}

/** The node that JSON.parse would take: of several properties with one name the last. */
function nodeAt(text: string, path: readonly string[]): Node | undefined {
  const root = parseTree(text) as Node;
  const [name] = path;
  if (name === undefined) return root;
  return root.children?.findLast((child) => child.children?.[0]?.value === name)?.children?.[1];
}
