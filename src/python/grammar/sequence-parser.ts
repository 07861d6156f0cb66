import { EmbeddedActionsParser, type IToken, type ParserMethod, type TokenType } from "chevrotain";
import type { Span } from "../../diagnostics/diagnostic.ts";
import type { Expression } from "../ast.ts";
import { expression, opaque, spanning } from "../nodes.ts";
import * as t from "../tokens.ts";

/** Expressions between commas, and whether there is a comma. */
export interface Items {
  readonly items: readonly Expression[];
  readonly isTuple: boolean;
}

/** Expressions one after the other: between commas, and in comprehensions. */
export abstract class SequenceParser extends EmbeddedActionsParser {
  /** The file of the tokens. */
  file = "";

  abstract expression: ParserMethod<[], Expression>;
  protected abstract disjunction: ParserMethod<[], Expression>;
  protected abstract bitwise: ParserMethod<[], Expression>;

  constructor(skipValidations: boolean) {
    super(t.tokens as TokenType[], { maxLookahead: 2, skipValidations });
  }

  protected spanOf(token: IToken, last = token): Span {
    return { file: this.file, start: token.startOffset, end: last.startOffset + last.image.length };
  }

  /** Items between commas, one of which may follow the last; gives whether there is one. Once in a rule. */
  protected betweenCommas<Item>(rule: ParserMethod<[], Item>, items: Item[]): boolean {
    let isOpen = true;
    let hasComma = false;
    items.push(this.SUBRULE8(rule));
    this.MANY8({
      GATE: () => isOpen,
      DEF: () => {
        this.CONSUME8(t.Comma);
        hasComma = true;
        isOpen = false;
        this.OPTION8(() => {
          items.push(this.SUBRULE9(rule));
          isOpen = true;
        });
      },
    });
    return hasComma;
  }

  /** Expressions between commas: a tuple, unless it is one alone. */
  expressions = this.RULE("expressions", (): Expression => {
    const items: Expression[] = [];
    const isTuple = this.betweenCommas(this.item, items);
    return this.ACTION(() => {
      const [first] = items as [Expression];
      if (!isTuple) return first;
      return expression({ kind: "tuple", items, span: spanning(first, items.at(-1) as Expression) }, items);
    });
  });

  protected item = this.RULE("item", (): Expression =>
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Star);
          const inner = this.SUBRULE(this.bitwise);
          return this.ACTION(() => opaque("an unpacked value", inner.span, [inner]));
        },
      },
      { ALT: () => this.SUBRULE(this.yielded) },
      { ALT: () => this.SUBRULE(this.expression) },
    ]),
  );

  private yielded = this.RULE("yielded", (): Expression => {
    const word = this.CONSUME(t.Yield);
    const parts: Expression[] = [];
    this.OPTION(() => this.CONSUME(t.From));
    this.OPTION2(() => parts.push(this.SUBRULE(this.expression)));
    return this.ACTION(() => opaque("a yield", this.spanOf(word), parts));
  });

  /** The items of a bracket: of a comprehension one, in which the rest stands. */
  protected content = this.RULE("content", (): Items => {
    const items: Expression[] = [];
    let whole: Expression | undefined;
    const isTuple = this.betweenCommas(this.item, items);
    this.OPTION(() => {
      const parts = this.SUBRULE(this.comprehension);
      whole = this.ACTION(() => comprehended(items, parts));
    });
    return this.ACTION(() => ({ items: whole === undefined ? items : [whole], isTuple }));
  });

  /** `for x in xs if x`, any number of times: the expressions in it. */
  protected comprehension = this.RULE("comprehension", (): readonly Expression[] => {
    const parts: Expression[] = [];
    this.AT_LEAST_ONE(() => {
      this.OPTION(() => this.CONSUME(t.Async));
      this.CONSUME(t.For);
      this.SUBRULE(this.targets);
      this.CONSUME(t.In);
      parts.push(this.SUBRULE(this.disjunction));
      this.MANY(() => {
        this.CONSUME(t.If);
        parts.push(this.SUBRULE2(this.disjunction));
      });
    });
    return parts;
  });

  /** What a loop gives values to. */
  protected targets = this.RULE("targets", (): readonly Expression[] => {
    const targets: Expression[] = [];
    this.betweenCommas(this.target, targets);
    return targets;
  });

  private target = this.RULE("target", (): Expression => {
    this.OPTION(() => this.CONSUME(t.Star));
    return this.SUBRULE(this.bitwise);
  });
}

/** A comprehension of an expression. */
export function comprehended(items: readonly Expression[], parts: readonly Expression[]): Expression {
  const [first] = items as [Expression];
  const all = [...items, ...parts];
  return opaque("a comprehension", spanning(first, all.at(-1) as Expression), all);
}
