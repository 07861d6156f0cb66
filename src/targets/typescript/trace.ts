import type { CodeOrigin } from "../code-origin.ts";
import type { Section } from "../emitted-module.ts";

/**
 * The origins of code on its way through Prettier. A statement of one line stands before what comes from another place;
 * it moves with the code behind it, and is taken out when all is formatted.
 */
export interface Trace {
  /** The statement that stands before code of an origin. */
  mark(origin: CodeOrigin | undefined): string;
  /** Formatted code without the statements, cut where they stood. */
  sections(formatted: string): readonly Section[];
}

export function createTrace(): Trace {
  const origins: (CodeOrigin | undefined)[] = [];
  return {
    mark(origin) {
      origins.push(origin);
      return `${marker}${origins.length - 1};\n`;
    },
    sections(formatted) {
      // Text and number of an origin in turn.
      const [first = "", ...marked] = formatted.split(pattern);
      const sections: Section[] = first === "" ? [] : [{ text: first }];
      for (let at = 0; at + 1 < marked.length; at += 2) {
        const origin = origins[Number(marked[at])];
        sections.push({ text: marked[at + 1] as string, ...(origin === undefined ? {} : { origin }) });
      }
      return sections;
    },
  };
}

const marker = "$origin$";
/** The statement with its line, and an empty one behind it: there is one before it too. */
const pattern = /^\$origin\$(\d+);\n\n?/gm;
