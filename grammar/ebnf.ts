import type { ISerializedGast, TokenType } from "chevrotain";
import { LayersParser } from "./parser.ts";
import * as t from "./tokens.ts";

/** Rules that exist for the sake of a message; what they accept is an error. */
const errorRules: ReadonlySet<string> = new Set(["misplacedStatement", "misplacedDeclaration"]);

interface Production {
  readonly type: string;
  readonly name?: string;
  readonly label?: string;
  readonly terminalLabel?: string;
  readonly definition?: readonly Production[];
}

/** The terminals that are no fixed text, as in the reference. */
const terminals: readonly (readonly [TokenType, string])[] = [
  [t.Identifier, "name"],
  [t.NumberLiteral, "number"],
  [t.StringLiteral, "string"],
];

const terminalRules = `name               = ( letter | "_" ) { letter | digit | "_" } ;
number             = ( digits [ "." [ digits ] ] | "." digits ) [ ( "e" | "E" ) [ "+" | "-" ] digits ] ;
digits             = digit { digit } { "_" digit { digit } } ;
string             = '"' { character | escape } '"' ;
escape             = "\\\\" ( '"' | "\\\\" | "/" | "b" | "f" | "n" | "r" | "t" | "u" hex hex hex hex ) ;`;

/** The grammar in ISO-like EBNF, from the productions that the parser recorded. Ends with a line break. */
export function ebnf(): string {
  const parser = new LayersParser({ skipValidations: true });
  const rules = parser.getSerializedGastProductions() as ISerializedGast[] as readonly Production[];
  const lines = rules
    .filter((rule) => !errorRules.has(rule.name ?? ""))
    .map((rule) => `${hyphenate(rule.name ?? "").padEnd(18)} = ${alternatives(rule.definition ?? [])} ;`);
  return `${lines.join("\n")}\n\n${terminalRules}\n`;
}

function alternatives(definition: readonly Production[]): string {
  return definition
    .map(show)
    .filter((part) => part !== "")
    .join(" ");
}

function show(production: Production): string {
  const inner = () => alternatives(production.definition ?? []);
  switch (production.type) {
    case "NonTerminal":
      return errorRules.has(production.name ?? "") ? "" : hyphenate(production.name ?? "");
    case "Terminal":
      return terminal(production);
    case "Option":
      return `[ ${inner()} ]`;
    case "Repetition":
      return `{ ${inner()} }`;
    case "Alternative":
      return inner();
    case "Alternation": {
      const shown = (production.definition ?? []).map(show).filter((part) => part !== "");
      return shown.length === 1 ? (shown[0] as string) : `( ${shown.join(" | ")} )`;
    }
    default:
      throw new Error(`No EBNF is defined for ${production.type}`);
  }
}

function terminal(production: Production): string {
  const known = terminals.find(([type]) => type.name === production.name);
  if (known) return known[1];
  return `"${(production.label ?? "").replaceAll("'", "")}"`;
}

function hyphenate(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
