import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong on this page by WCAG 2.2 A and AA and its own advice, one line each: `serious color-contrast: .gk-quiet, …`. */
export const violations = async (page: Page): Promise<readonly string[]> => {
  // A script tag would be stopped by the page's Content-Security-Policy; evaluate is not.
  await page.evaluate(source);
  const { violations: found } = await page.evaluate<AxeResults>(
    `axe.run(document, ${JSON.stringify({ runOnly: { type: 'tag', values: tags }, iframes: false })})`,
  );
  return found.map(
    ({ impact, id, nodes }) =>
      `${impact ?? 'minor'} ${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} (${failureSummary?.split('\n')[1]?.trim()})`).join(', ')}`,
  );
};

/** The ones that keep somebody from using the page. */
export const grave = (lines: readonly string[]): readonly string[] =>
  lines.filter((line) => /^(serious|critical) /.test(line));
