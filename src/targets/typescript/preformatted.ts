/**
 * Long sums are laid out here, as Prettier would, and stand for a short placeholder while Prettier formats the rest:
 * its time and memory would otherwise grow with every weight of an unrolled layer.
 */
export interface Preformatted {
  /** The statement that stands in: an identifier alone. */
  add(text: string): string;
  /** Puts the texts back into formatted code. */
  restore(formatted: string): string;
}

export function createPreformatted(): Preformatted {
  const texts: string[] = [];
  return {
    add(text) {
      texts.push(text);
      return `${marker}${texts.length - 1};`;
    },
    restore: (formatted) => formatted.replace(pattern, (_, position: string) => texts[Number(position)] as string),
  };
}

const marker = "$preformatted$";
/** The placeholder with the indentation before it, which the text brings along. */
const pattern = /^ *\$preformatted\$(\d+);$/gm;

const printWidth = 80;

/** `<head> = <sum>;` as Prettier lays it out at a depth of `indent` spaces. `terms` carry their signs in front. */
export function sumStatement(head: string, terms: readonly string[], indent: number): string {
  const pad = " ".repeat(indent);
  const oneLine = `${pad}${head} = ${terms.join(" ")};`;
  if (oneLine.length <= printWidth) return oneLine;
  const nextLine = `${pad}  ${terms.join(" ")};`;
  if (nextLine.length <= printWidth) return `${pad}${head} =\n${nextLine}`;
  const lines = terms.map((term, at) => {
    const next = terms[at + 1];
    const operand = at === 0 ? term : term.slice(2);
    return `${pad}  ${operand}${next === undefined ? ";" : ` ${next[0]}`}`;
  });
  return `${pad}${head} =\n${lines.join("\n")}`;
}
