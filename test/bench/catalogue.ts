import { join } from 'node:path';
import { openHost, quiet } from '@gongkai/local';
import { run } from '../../packages/local/src/server.ts';
import { apart } from './program.ts';
import { fillCatalogue } from './published-items.ts';
import type { ReaderAnswer, ReaderJob } from './reader-apart.ts';
import { milliseconds, percentile, repeated } from './stopwatch.ts';
import type { Table } from './table.ts';

const items = 1_000;
const connections = 8;

/** Pages of the public catalogue a second, asked in process and over HTTP. */
export const catalogue = async (folder: string): Promise<Table[]> => {
  const host = await openHost(join(folder, 'office'), { port: 0 });
  try {
    const ids = await fillCatalogue(host.office, items, folder);
    host.machines.warm();
    const running = await run(host, quiet);
    try {
      const { columns } = host.policy;
      const kinds: Readonly<Record<string, readonly string[]>> = {
        portal: ['/'],
        'list page (20 items)': columns.map(({ key }) => `/column/${key}`),
        'item page, with the text of its document': ids.map((id) => `/item/${id}`),
        'item as JSON': ids.map((id) => `/item/${id}.json`),
        'search page': ['预算', '资金 公示', '农村', '政办发〔2020〕8号', '公开'].map(
          (words) => `/search?q=${encodeURIComponent(words)}`,
        ),
        'file (PDF)': ids.map((id) => `/file/${id}/0`),
        feed: ['/feed.atom'],
      };
      const ask = async (path: string): Promise<number> => {
        const answer = await running.site.request(path);
        if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
        return (await answer.arrayBuffer()).byteLength;
      };
      // The first view of a document has it read by the inspector; then its text is kept.
      const first = await milliseconds(() => ask(`/item/${ids[0]}`));
      for (const id of ids.slice(0, 100)) await ask(`/item/${id}`);

      const rows: Table['rows'][number][] = [];
      for (const [kind, paths] of Object.entries(kinds)) {
        let asked = 0;
        let bytes = 0;
        const once = async () => {
          bytes += await ask(paths[asked++ % paths.length] ?? '/');
        };
        await repeated(once, { enoughMs: 300, most: 1_000 });
        [asked, bytes] = [0, 0];
        const times = await repeated(once, { enoughMs: 3_000, most: 5_000 });
        const inProcess = (times.length * 1_000) / times.reduce((sum, time) => sum + time, 0);
        const read = await apart<ReaderAnswer>(new URL('./reader-apart.ts', import.meta.url), {
          base: running.address,
          paths,
          connections,
          forMs: 4_000,
        } satisfies ReaderJob);
        const overHttp = (read.times.length * 1_000) / read.elapsedMs;
        rows.push({
          page: kind,
          kB: bytes / times.length / 1_000,
          'in process/s': Math.round(inProcess),
          'p50 ms': percentile(times, 0.5),
          'p99 ms': percentile(times, 0.99),
          'over HTTP/s': Math.round(overHttp),
          'HTTP p50 ms': percentile(read.times, 0.5),
          'HTTP p99 ms': percentile(read.times, 0.99),
          'HTTP ÷ in process': overHttp / inProcess,
        });
      }
      return [
        {
          title: `Catalogue with ${items} published items`,
          rows,
          notes: [
            `In process: one request after another to the whole site. Over HTTP: ${connections} connections from a reader in a process of its own on the same machine, so p50 includes waiting for the other ${connections - 1}.`,
            `The first item page ever took ${Math.round(first)} ms, because the inspector read its document; its text is then kept.`,
          ],
        },
      ];
    } finally {
      await running.stop();
    }
  } finally {
    await host.close();
  }
};
