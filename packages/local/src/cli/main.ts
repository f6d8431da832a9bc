import { type Command, parse, WrongUse } from './command.ts';

/** Each command is loaded when it is asked for: `deadline` need not start what `start` needs. */
const commands: Record<string, () => Promise<Command>> = {
  init: async () => (await import('./init.ts')).init,
  start: async () => (await import('./start.ts')).start,
  demo: async () => (await import('./demo.ts')).demo,
  inspect: async () => (await import('./inspect.ts')).inspect,
  stamp: async () => (await import('./stamp.ts')).stamp,
  publish: async () => (await import('./publish.ts')).publish,
  search: async () => (await import('./search.ts')).search,
  verify: async () => (await import('./verify.ts')).verify,
  audit: async () => (await import('./audit.ts')).audit,
  keys: async () => (await import('./keys.ts')).keys,
  deadline: async () => (await import('./deadline.ts')).deadlineCommand,
  doctor: async () => (await import('./doctor.ts')).doctor,
  backup: async () => (await import('./backup.ts')).backup,
  restore: async () => (await import('./restore.ts')).restore,
};

const overview = async (): Promise<string> => {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  return [
    '公开 gongkai · 政务公开文件发布',
    '',
    ...all.map(({ usage, zh, en }) => `  gongkai ${usage}\n      ${zh} / ${en}`),
    '',
    '  --json   机器可读输出 / output for machines      --data 文件夹 / folder of the office',
    '  退出码 / exit codes: 0 正常 fine · 1 拒绝 refused · 2 用法错误 wrong use · 3 故障 broken',
  ].join('\n');
};

const main = async (args: readonly string[]): Promise<number> => {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(`${await overview()}\n`);
    return name === undefined ? 2 : 0;
  }
  const load = commands[name];
  if (!load) {
    process.stderr.write(`没有“${name}”这个命令。/ There is no command “${name}”.\n\n${await overview()}\n`);
    return 2;
  }
  const command = await load();
  try {
    const given = parse(command, rest);
    if (given.flag('help')) {
      process.stdout.write(`gongkai ${command.usage}\n${command.zh}\n${command.en}\n`);
      return 0;
    }
    return await command.run(given);
  } catch (cause) {
    if (!(cause instanceof WrongUse)) throw cause;
    process.stderr.write(`${cause.message}\n用法 / usage: gongkai ${command.usage}\n`);
    return 2;
  }
};

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (cause: unknown) => {
    const text = cause instanceof Error ? cause.message : String(cause);
    process.stderr.write(`出现故障，没有完成：${text}\nSomething is broken, it was not done: ${text}\n`);
    if (process.env.GONGKAI_DEBUG && cause instanceof Error) process.stderr.write(`${cause.stack}\n`);
    process.exitCode = 3;
  },
);
