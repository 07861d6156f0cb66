import type { IToken } from "chevrotain";
import type { Span } from "../../diagnostics/diagnostic.ts";
import type { Expression } from "../ast.ts";
import { readNumber, readString } from "../literals.ts";
import { expression, opaque } from "../nodes.ts";
import * as t from "../tokens.ts";
import { SequenceParser, type Items } from "./sequence-parser.ts";

/** A pair of a dict, or an item of a set. */
interface Entry {
  readonly key: Expression;
  readonly value: Expression | undefined;
}

/** Names, literals and brackets of all kinds. */
export abstract class AtomParser extends SequenceParser {
  protected atom = this.RULE("atom", (): Expression =>
    this.OR([
      { ALT: () => this.SUBRULE(this.strings) },
      { ALT: () => this.SUBRULE(this.parentheses) },
      { ALT: () => this.SUBRULE(this.brackets) },
      { ALT: () => this.SUBRULE(this.braces) },
      {
        ALT: () => {
          const token = this.CONSUME(t.Name);
          return this.ACTION(() => expression({ kind: "name", name: token.image, span: this.spanOf(token) }));
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(t.NumberLiteral);
          return this.ACTION(() => this.number(token));
        },
      },
      {
        ALT: () => {
          const word = this.OR2([
            { ALT: () => this.CONSUME(t.True) },
            { ALT: () => this.CONSUME(t.False) },
            { ALT: () => this.CONSUME(t.None) },
          ]);
          return this.ACTION(() => {
            const value = word.image === "None" ? null : word.image === "True";
            return expression({ kind: "constant", value, span: this.spanOf(word) });
          });
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(t.Ellipsis);
          return this.ACTION(() => opaque("an ellipsis", this.spanOf(token), []));
        },
      },
    ]),
  );

  private number(token: IToken): Expression {
    const read = readNumber(token.image);
    const span = this.spanOf(token);
    return read === undefined
      ? opaque("an imaginary number", span, [])
      : expression({ kind: "number", ...read, text: token.image, span });
  }

  private strings = this.RULE("strings", (): Expression => {
    const found: IToken[] = [];
    this.AT_LEAST_ONE(() => found.push(this.CONSUME(t.StringLiteral)));
    return this.ACTION(() => {
      const parts = found.map(({ image }) => readString(image));
      const span = this.spanOf(found[0] as IToken, found.at(-1));
      const other = parts.find((part) => "what" in part);
      if (other !== undefined && "what" in other) return opaque(other.what, span, []);
      return expression({
        kind: "string",
        value: parts.map((part) => ("value" in part ? part.value : "")).join(""),
        span,
      });
    });
  });

  private parentheses = this.RULE("parentheses", (): Expression => {
    const open = this.CONSUME(t.LeftParen);
    let found: Items = { items: [], isTuple: true };
    this.OPTION(() => (found = this.SUBRULE(this.content)));
    const close = this.CONSUME(t.RightParen);
    return this.ACTION(() => {
      const { items, isTuple } = found;
      const span = this.spanOf(open, close);
      // Parentheses alone mean nothing, but their place is that of what stands in them.
      return isTuple ? expression({ kind: "tuple", items, span }, items) : { ...(items[0] as Expression), span };
    });
  });

  private brackets = this.RULE("brackets", (): Expression => {
    const open = this.CONSUME(t.LeftBracket);
    let found: Items = { items: [], isTuple: true };
    this.OPTION(() => (found = this.SUBRULE(this.content)));
    const close = this.CONSUME(t.RightBracket);
    return this.ACTION(() => {
      const span = this.spanOf(open, close);
      const [first] = found.items;
      if (first?.kind === "opaque" && first.what === "a comprehension") return { ...first, span };
      return expression({ kind: "list", items: found.items, span }, found.items);
    });
  });

  private braces = this.RULE("braces", (): Expression => {
    const open = this.CONSUME(t.LeftBrace);
    const entries: Entry[] = [];
    let comprehension: readonly Expression[] | undefined;
    this.OPTION(() => {
      this.betweenCommas(this.entry, entries);
      this.OPTION2(() => (comprehension = this.SUBRULE(this.comprehension)));
    });
    const close = this.CONSUME(t.RightBrace);
    return this.ACTION(() => this.braced(entries, comprehension, this.spanOf(open, close)));
  });

  private braced(entries: readonly Entry[], others: readonly Expression[] | undefined, span: Span): Expression {
    const parts = entries.flatMap(({ key, value }) => (value === undefined ? [key] : [key, value]));
    if (others !== undefined) return opaque("a comprehension", span, [...parts, ...others]);
    const pairs = entries.flatMap(({ key, value }) => (value === undefined ? [] : [[key, value] as const]));
    if (pairs.length < entries.length) return opaque("a set", span, parts);
    return expression({ kind: "dict", entries: pairs, span }, parts);
  }

  private entry = this.RULE("entry", (): Entry => {
    let value: Expression | undefined;
    const key = this.OR([
      {
        ALT: () => {
          this.OR2([{ ALT: () => this.CONSUME(t.Star) }, { ALT: () => this.CONSUME(t.Power) }]);
          return this.SUBRULE(this.bitwise);
        },
      },
      {
        ALT: () => {
          const first = this.SUBRULE(this.expression);
          this.OPTION(() => {
            this.CONSUME(t.Colon);
            value = this.SUBRULE2(this.expression);
          });
          return first;
        },
      },
    ]);
    return { key, value };
  });
}
