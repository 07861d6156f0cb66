import { keywordDocs } from "../describe/keyword-docs.ts";
import type { CompletionItem } from "./completion-item.ts";
import { isGluedBehind, item, type CompletionRequest } from "./request.ts";

const snippets: Readonly<Record<string, string>> = {
  model: "model ${1:Name} {\n  input [${2:4}]\n\n  Dense(${3:1})\n\\}",
  block: "block ${1:Name}(${2:units}) {\n  Dense(${2:units})\n\\}",
  let: "let ${1:name} = ${2:1}",
  dim: "dim ${1:time}",
  import: 'import { ${2:Name} \\} from "${1:./}"',
};

/** What can begin where a declaration can. */
export function fileItems(request: CompletionRequest): readonly CompletionItem[] {
  const [next] = request.cursor.behind;
  if (next !== undefined && !Object.hasOwn(snippets, next.text)) return [];
  return Object.entries(snippets).map(([name, snippet], at) => {
    const { form = name, doc = "" } = keywordDocs[name] ?? {};
    return item(request, `${snippet}${isGluedBehind(request) ? "\n" : ""}`, {
      label: name,
      kind: "keyword",
      detail: form,
      documentation: doc,
      sortText: `0${at}`,
    });
  });
}
