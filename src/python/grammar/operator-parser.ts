import type { IToken } from "chevrotain";
import type { Span } from "../../diagnostics/diagnostic.ts";
import type { Expression } from "../ast.ts";
import { leftToRight, opaque, signed, spanning } from "../nodes.ts";
import * as t from "../tokens.ts";
import { PrimaryParser } from "./primary-parser.ts";

/** A sign before an operand. */
interface Sign {
  readonly operator: string;
  readonly span: Span;
}

/**
 * Operators, from the loosest to the tightest. Of conditions, lambdas and the like, which have no value here, their order does
 * not matter.
 */
export abstract class OperatorParser extends PrimaryParser {
  override expression = this.RULE("expression", (): Expression => {
    const parts: Expression[] = [this.SUBRULE(this.operand)];
    let what: string | undefined;
    this.MANY(() => {
      this.CONSUME(t.If);
      parts.push(this.SUBRULE(this.disjunction));
      this.CONSUME(t.Else);
      parts.push(this.SUBRULE2(this.operand));
      what = "a conditional expression";
    });
    this.OPTION(() => {
      this.CONSUME(t.ColonEquals);
      parts.push(this.SUBRULE3(this.operand));
      what = assignment;
    });
    return this.ACTION(() => {
      const [first] = parts as [Expression];
      if (what === undefined) return first;
      const binds = what === assignment && first.kind === "name" ? [first.name] : [];
      return opaque(what, spanOfAll(parts), parts, binds);
    });
  });

  private operand = this.RULE("operand", (): Expression => {
    const parts: Expression[] = [];
    let lambda: IToken | undefined;
    this.MANY(() => {
      const word = this.CONSUME(t.Lambda);
      lambda ??= word;
      this.MANY2(() => {
        const preset = this.SUBRULE(this.lambdaParameter);
        if (preset !== undefined) parts.push(preset);
      });
      this.CONSUME(t.Colon);
    });
    parts.push(this.SUBRULE(this.disjunction));
    return this.ACTION(() => {
      const body = parts.at(-1) as Expression;
      return lambda === undefined ? body : opaque("a lambda", spanning({ span: this.spanOf(lambda) }, body), parts);
    });
  });

  /** A part of a lambda's parameters: a name, a sign between them, or a default, which it gives. */
  private lambdaParameter = this.RULE("lambdaParameter", (): Expression | undefined => {
    let preset: Expression | undefined;
    this.OR([
      { ALT: () => this.CONSUME(t.Name) },
      { ALT: () => this.CONSUME(t.Comma) },
      { ALT: () => this.CONSUME(t.Star) },
      { ALT: () => this.CONSUME(t.Power) },
      { ALT: () => this.CONSUME(t.Division) },
      {
        ALT: () => {
          this.CONSUME(t.Equals);
          preset = this.SUBRULE(this.disjunction);
        },
      },
    ]);
    return preset;
  });

  protected override disjunction = this.RULE("disjunction", (): Expression => {
    const parts: Expression[] = [this.SUBRULE(this.inversion)];
    this.MANY(() => {
      this.OR([{ ALT: () => this.CONSUME(t.And) }, { ALT: () => this.CONSUME(t.Or) }]);
      parts.push(this.SUBRULE2(this.inversion));
    });
    return this.ACTION(() => (parts.length === 1 ? (parts[0] as Expression) : condition(parts)));
  });

  private inversion = this.RULE("inversion", (): Expression => {
    let isInverted = false;
    this.MANY(() => {
      this.CONSUME(t.Not);
      isInverted = true;
    });
    const inner = this.SUBRULE(this.comparison);
    return this.ACTION(() => (isInverted ? condition([inner]) : inner));
  });

  private comparison = this.RULE("comparison", (): Expression => {
    const parts: Expression[] = [this.SUBRULE(this.bitwise)];
    const operators: string[] = [];
    this.MANY(() => {
      this.OPTION(() => this.CONSUME(t.Not));
      const sign = this.OR([
        { ALT: () => this.CONSUME(t.Comparison) },
        { ALT: () => this.CONSUME(t.In) },
        { ALT: () => this.CONSUME(t.Is) },
      ]);
      this.OPTION2(() => this.CONSUME2(t.Not));
      operators.push(sign.image);
      parts.push(this.SUBRULE2(this.bitwise));
    });
    return this.ACTION(() => {
      if (parts.length === 1) return parts[0] as Expression;
      return parts.length === 2 && operators[0] === "==" ? leftToRight(parts, operators) : condition(parts);
    });
  });

  protected override bitwise = this.RULE("bitwise", (): Expression => {
    const parts: Expression[] = [this.SUBRULE(this.sum)];
    this.MANY(() => {
      this.CONSUME(t.Bitwise);
      parts.push(this.SUBRULE2(this.sum));
    });
    return this.ACTION(() =>
      parts.length === 1 ? (parts[0] as Expression) : opaque("an operation on bits", spanOfAll(parts), parts),
    );
  });

  private sum = this.RULE("sum", (): Expression => {
    const operands: Expression[] = [this.SUBRULE(this.product)];
    const operators: string[] = [];
    this.MANY(() => {
      operators.push(this.CONSUME(t.Sum).image);
      operands.push(this.SUBRULE2(this.product));
    });
    return this.ACTION(() => leftToRight(operands, operators));
  });

  private product = this.RULE("product", (): Expression => {
    const operands: Expression[] = [this.SUBRULE(this.factor)];
    const operators: string[] = [];
    this.MANY(() => {
      const sign = this.OR([
        { ALT: () => this.CONSUME(t.Star) },
        { ALT: () => this.CONSUME(t.Division) },
        { ALT: () => this.CONSUME(t.At) },
      ]);
      operators.push(sign.image);
      operands.push(this.SUBRULE2(this.factor));
    });
    return this.ACTION(() => leftToRight(operands, operators));
  });

  private factor = this.RULE("factor", (): Expression => {
    const powers = [{ signs: this.SUBRULE(this.signs), base: this.SUBRULE(this.primary) }];
    this.MANY(() => {
      this.CONSUME(t.Power);
      powers.push({ signs: this.SUBRULE2(this.signs), base: this.SUBRULE2(this.primary) });
    });
    // From right to left: -2 ** -3 ** 2 is -(2 ** (-(3 ** 2))).
    return this.ACTION(
      () =>
        powers.reduceRight<Expression | undefined>(
          (right, { signs, base }) => signed(signs, right === undefined ? base : leftToRight([base, right], ["**"])),
          undefined,
        ) as Expression,
    );
  });

  private signs = this.RULE("signs", (): readonly Sign[] => {
    const signs: Sign[] = [];
    this.MANY(() => {
      const sign = this.OR([{ ALT: () => this.CONSUME(t.Sum) }, { ALT: () => this.CONSUME(t.Tilde) }]);
      signs.push(this.ACTION(() => ({ operator: sign.image, span: this.spanOf(sign) })));
    });
    return signs;
  });
}

const assignment = "an assignment in an expression";

function spanOfAll(parts: readonly Expression[]): Span {
  return spanning(parts[0] as Expression, parts.at(-1) as Expression);
}

function condition(parts: readonly Expression[]): Expression {
  return opaque("a condition", spanOfAll(parts), parts);
}
