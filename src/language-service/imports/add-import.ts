import type { Analysis } from "../analysis.ts";
import type { TextEdit } from "../text-edit.ts";

/** The edit that imports a name: into the import of that file, if there is one, else in a line of its own behind the others. */
export function addImport({ file, source }: Analysis, name: string, path: string): TextEdit {
  const existing = file.imports.find((statement) => statement.path.value === path && statement.names.length > 0);
  const lastName = existing?.names.at(-1);
  if (lastName !== undefined) return insert(source.path, lastName.span.end, `, ${name}`);
  const end = source.text.includes("\r\n") ? "\r\n" : "\n";
  const text = `import { ${name} } from ${JSON.stringify(path)}`;
  const last = file.imports.at(-1);
  if (last !== undefined) return insert(source.path, last.span.end, `${end}${text}`);
  const at = startOfCode(source.text);
  return insert(source.path, at, `${text}${end}${end}`);
}

/** Behind the comment that a file begins with, if an empty line parts it from what follows. */
function startOfCode(text: string): number {
  const [header] = /^(?:[^\S\r\n]*\/\/(?!\/(?!\/))[^\r\n]*(?:\r\n?|\n))+(?:[^\S\r\n]*(?:\r\n?|\n))+/.exec(text) ?? [""];
  return header.length;
}

function insert(file: string, at: number, text: string): TextEdit {
  return { span: { file, start: at, end: at }, text };
}
