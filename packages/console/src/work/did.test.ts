import { expect, it } from 'vitest';
import { together } from './did.ts';

const done = (publication: string, action: string, at: string) => ({ publication, action, at });

it('shows changes in a row as one line, but not across something else', () => {
  const did = [
    done('a', 'edit', '5'),
    done('a', 'edit', '4'),
    done('b', 'edit', '3'),
    done('a', 'edit', '2'),
    done('a', 'open', '1'),
  ];
  expect(
    together(did).map(({ done: { publication, action, at }, times }) => [publication, action, at, times]),
  ).toEqual([
    ['a', 'edit', '5', 2],
    ['b', 'edit', '3', 1],
    ['a', 'edit', '2', 1],
    ['a', 'open', '1', 1],
  ]);
});
