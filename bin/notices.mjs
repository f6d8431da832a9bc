// Writes THIRD-PARTY-NOTICES.md: every package that the running product ships with, its version and licence, and
// the fonts and data in this repository. Fails on a licence that may not ship (GPL, AGPL).
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { home } from './install.mjs';

const { stdout } = spawnSync(
  'npx',
  [
    '--yes',
    'pnpm@12.21.0',
    'licenses',
    'list',
    '--prod',
    '--json',
    '--recursive',
    '--filter',
    '!@gongkai/test',
  ],
  { cwd: home, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
);
const licences = JSON.parse(stdout);
const forbidden = Object.keys(licences).filter((name) => /(^|[^L])A?GPL/.test(name) && !/\bOR\b/.test(name));
if (forbidden.length > 0) {
  console.error(
    `may not ship: ${forbidden.map((name) => `${name}: ${licences[name].map((one) => one.name)}`).join('; ')}`,
  );
  process.exit(1);
}
const rows = Object.entries(licences)
  .flatMap(([licence, packages]) =>
    packages.map(({ name, versions }) => [name, versions.join(', '), licence]),
  )
  .sort(([a], [b]) => (a < b ? -1 : 1));
const text = `# Third-party notices

Made by \`node bin/notices.mjs\` from the lockfile. gongkai itself is Apache-2.0 (LICENSE).

## Fonts and data in this repository

| What | From | Licence |
|---|---|---|
| LXGW WenKai (楷体), reduced | packages/render/fonts | SIL OFL 1.1 (packages/render/fonts) |
| Noto Serif SC, Noto Sans SC | npm, installed | SIL OFL 1.1 |
| State Council holidays 2007–2026 | packages/core/data/holiday-cn | MIT (packages/core/data/holiday-cn/LICENSE) |
| 主题分类 | packages/core/data/themes.json | a public list of gov.cn |
| facefinder (faces as a hint) | packages/inspect/data | MIT (packages/inspect/data/LICENSE) |
| Texts of real offices | packages/local/documents/seed | public documents, used as examples |

## Packages

| Package | Version | Licence |
|---|---|---|
${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}
`;
writeFileSync(join(home, 'THIRD-PARTY-NOTICES.md'), text);
console.log(`${rows.length} packages`);
