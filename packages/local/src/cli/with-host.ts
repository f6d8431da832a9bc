import { dataFolder } from '../configuration.ts';
import { type Host, openHost } from '../host.ts';
import { isBegun } from '../office-files.ts';
import type { ExitCode, Given } from './command.ts';

/** Opens the office that `--data` names and closes it whatever happens. Safe beside a running server (SQLite, WAL). */
export const withHost = async (given: Given, work: (host: Host) => Promise<ExitCode>): Promise<ExitCode> => {
  const data = dataFolder(given.value('data'));
  if (!isBegun(data)) {
    process.stderr.write(
      `${data} 里还没有单位。先运行 gongkai init（或 npm start 看演示）。\nThere is no office in ${data} yet. Run gongkai init first (or npm start for the demonstration).\n`,
    );
    return 2;
  }
  const host = await openHost(data);
  try {
    return await work(host);
  } finally {
    await host.close();
  }
};
