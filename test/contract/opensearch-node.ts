import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { OpenSearch } from '@gongkai/aws';
import type { KnownIndex, Search } from '@gongkai/core';
import { afterAll, beforeAll } from 'vitest';

const tools = process.env.GONGKAI_TOOLS ?? join(homedir(), '.cache/gongkai-tools');
const room = join(tools, 'opensearch');

const problem = (): string | undefined => {
  if (!existsSync(join(room, 'classes/SearchNode.class'))) return `there is no ${room}: .ci/search-tools`;
  try {
    execFileSync('java', ['-version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'there is no java on the path';
  }
};

/** Why no OpenSearch node can run on this machine; undefined when it can. */
export const noOpenSearch = problem();

const started = (folder: string): Promise<{ node: ChildProcess; endpoint: string }> =>
  new Promise((settle, fail) => {
    const path = `${join(room, 'classes')}:${join(room, 'lib')}/*`;
    const options = ['-Xms512m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', path];
    // It ends when its standard input does: when this process is gone.
    const node = spawn('java', [...options, 'SearchNode', folder], { stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    const hear = (piece: Buffer): void => {
      said = (said + piece.toString()).slice(-4_000);
      const port = /^listening on (\d+)$/m.exec(said)?.[1];
      if (port !== undefined) settle({ node, endpoint: `http://127.0.0.1:${port}` });
    };
    node.stdout.on('data', hear);
    node.stderr.on('data', hear);
    node.once('error', fail);
    node.once('exit', (code) => fail(new Error(`OpenSearch ended with ${code}: ${said}`)));
  });

/** A real OpenSearch node, ended with the test file. */
export const openSearchNode = () => {
  let endpoint = '';
  let made = 0;
  let end = async (): Promise<void> => undefined;
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gongkai-opensearch-'));
    const { node, endpoint: at } = await started(folder);
    endpoint = at;
    end = async () => {
      const ended = new Promise((settle) => node.once('exit', settle));
      node.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    };
  }, 180_000);
  afterAll(() => end(), 30_000);
  const ask = async (method: string, path: string, body?: object): Promise<Response> => {
    const answer = await fetch(`${endpoint}/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  return {
    ask,
    newIndex: (): string => {
      made += 1;
      return `gongkai-${made}`;
    },
    open: (index: string): OpenSearch => new OpenSearch({ endpoint, index }),
    /** What was put is found at once: Serverless takes its time, which the contract need not know. */
    impatient: (index: string): Search & KnownIndex => {
      const search = new OpenSearch({ endpoint, index });
      const shown = async (): Promise<void> => {
        await fetch(`${endpoint}/${index}/_refresh`, { method: 'POST' });
      };
      return {
        put: async (entry) => search.put(entry).then(shown),
        remove: async (id) => search.remove(id).then(shown),
        query: (words, options) => search.query(words, options),
        suggest: (prefix, limit) => search.suggest(prefix, limit),
        generation: () => search.generation(),
      };
    },
  };
};
