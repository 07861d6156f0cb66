import type { IToken } from "chevrotain";
import type { Span } from "../../diagnostics/diagnostic.ts";
import type { Argument, Expression } from "../ast.ts";
import { expression, opaque, spanning, valuesOf } from "../nodes.ts";
import * as t from "../tokens.ts";
import { AtomParser } from "./atom-parser.ts";
import { comprehended } from "./sequence-parser.ts";

/** Something between brackets, with its place. */
interface Enclosed<Content> {
  readonly content: Content;
  readonly span: Span;
}

/** An atom with what may stand behind it: calls, subscripts and attributes. */
export abstract class PrimaryParser extends AtomParser {
  protected primary = this.RULE("primary", (): Expression => {
    let awaited = false;
    this.OPTION(() => {
      this.CONSUME(t.Await);
      awaited = true;
    });
    let node = this.SUBRULE(this.atom);
    this.MANY(() =>
      this.OR([
        {
          ALT: () => {
            const { content, span } = this.SUBRULE(this.callArguments);
            node = this.ACTION(() => {
              const call = { kind: "call", callee: node, arguments: content, span: spanning(node, { span }) } as const;
              return expression(call, [node, ...valuesOf(content)]);
            });
          },
        },
        {
          ALT: () => {
            const { content: index, span } = this.SUBRULE(this.subscript);
            node = this.ACTION(() =>
              expression({ kind: "subscript", object: node, index, span: spanning(node, { span }) }, [node, index]),
            );
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.Dot);
            const name = this.CONSUME(t.Name);
            node = this.ACTION(() => {
              const span = spanning(node, { span: this.spanOf(name) });
              return expression({ kind: "attribute", object: node, name: name.image, span }, [node]);
            });
          },
        },
      ]),
    );
    return this.ACTION(() => (awaited ? opaque("an await", node.span, [node]) : node));
  });

  protected callArguments = this.RULE("callArguments", (): Enclosed<readonly Argument[]> => {
    const open = this.CONSUME(t.LeftParen);
    const content: Argument[] = [];
    this.OPTION(() => this.betweenCommas(this.argument, content));
    const close = this.CONSUME(t.RightParen);
    return this.ACTION(() => ({ content, span: this.spanOf(open, close) }));
  });

  private argument = this.RULE("argument", (): Argument => {
    let star: Argument["star"];
    let name: IToken | undefined;
    this.OPTION(() =>
      this.OR([
        {
          ALT: () => {
            this.CONSUME(t.Star);
            star = "*";
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.Power);
            star = "**";
          },
        },
        {
          ALT: () => {
            name = this.CONSUME(t.Name);
            this.CONSUME(t.Equals);
          },
        },
      ]),
    );
    let value = this.SUBRULE(this.expression);
    this.OPTION2(() => {
      const parts = this.SUBRULE(this.comprehension);
      value = this.ACTION(() => comprehended([value], parts));
    });
    return this.ACTION(() => ({
      ...(name === undefined ? {} : { name: name.image }),
      ...(star === undefined ? {} : { star }),
      value,
      span: name === undefined ? value.span : spanning({ span: this.spanOf(name) }, value),
    }));
  });

  private subscript = this.RULE("subscript", (): Enclosed<Expression> => {
    const open = this.CONSUME(t.LeftBracket);
    const items: Expression[] = [];
    const isTuple = this.betweenCommas(this.index, items);
    const close = this.CONSUME(t.RightBracket);
    return this.ACTION(() => {
      const span = this.spanOf(open, close);
      const [first] = items as [Expression];
      return { content: isTuple ? expression({ kind: "tuple", items, span }, items) : first, span };
    });
  });

  private index = this.RULE("index", (): Expression => {
    const bounds: (Expression | undefined)[] = [undefined];
    let colon: IToken | undefined;
    this.OPTION(() => (bounds[0] = this.SUBRULE(this.item)));
    this.MANY(() => {
      colon = this.CONSUME(t.Colon);
      bounds.push(undefined);
      this.OPTION2(() => (bounds[bounds.length - 1] = this.SUBRULE2(this.expression)));
    });
    return this.ACTION(() => {
      const parts = bounds.filter((bound) => bound !== undefined);
      const [first] = parts;
      if (colon === undefined && first !== undefined) return first;
      const span = colon === undefined ? this.spanOf(this.LA(1)) : this.spanOf(colon);
      const slice = opaque("a slice", first === undefined ? span : spanning(first, { span }), parts);
      return slice.kind === "opaque" ? { ...slice, bounds } : slice;
    });
  });
}
