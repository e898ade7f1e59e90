// What a PromQL query names: read with the grammar that Prometheus's own editor uses.
import { parser } from '@prometheus-io/lezer-promql';
import type { SyntaxNode } from '@lezer/common';

export interface Selector {
  readonly metric: string;
  readonly matchers: readonly { readonly label: string; readonly op: string; readonly value: string }[];
}

export interface Query {
  readonly selectors: readonly Selector[];
  /** Labels that results are grouped by. */
  readonly grouping: readonly string[];
}

/** @throws Error for a query that does not parse */
export function readQuery(expr: string): Query {
  const selectors: Selector[] = [];
  const grouping: string[] = [];
  const text = ({ from, to }: SyntaxNode): string => expr.slice(from, to);
  parser.parse(expr).iterate({
    enter: ({ node, name, type }) => {
      if (type.isError) throw new Error(`${expr}: cannot be read at ${node.from}`);
      if (name === 'GroupingLabels') grouping.push(...node.getChildren('LabelName').map(text));
      if (name !== 'VectorSelector') return;
      const metric = node.getChild('Identifier');
      const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
      selectors.push({
        metric: metric ? text(metric) : '',
        matchers: matchers.map((matcher) => {
          const [label = '', op = '', value = '""'] = ['LabelName', 'MatchOp', 'StringLiteral'].map((part) => {
            const child = matcher.getChild(part);
            return child ? text(child) : undefined;
          });
          return { label, op, value: value.slice(1, -1) };
        }),
      });
    },
  });
  return { selectors, grouping };
}
