import { type Command, parse, WrongUse } from './command.ts';

/** By name; each is loaded when it is asked for: `deadline` need not start what `start` needs. */
export type Commands = Readonly<Record<string, () => Promise<Command>>>;

/** What one program can do: its name as people type it, and the last lines of its overview. */
export type Program = {
  readonly name: string;
  readonly commands: Commands;
  readonly notes: readonly string[];
};

const overview = async ({ name: program, commands, notes }: Program): Promise<string> => {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  return [
    '公开 gongkai · 政务公开文件发布',
    '',
    ...all.map(({ usage, zh, en }) => `  ${program} ${usage}\n      ${zh} / ${en}`),
    '',
    ...notes,
    '  退出码 / exit codes: 0 正常 fine · 1 拒绝 refused · 2 用法错误 wrong use · 3 故障 broken',
  ].join('\n');
};

const run = async (program: Program, args: readonly string[]): Promise<number> => {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(`${await overview(program)}\n`);
    return name === undefined ? 2 : 0;
  }
  const load = program.commands[name];
  if (!load) {
    process.stderr.write(
      `没有“${name}”这个命令。/ There is no command “${name}”.\n\n${await overview(program)}\n`,
    );
    return 2;
  }
  const command = await load();
  try {
    const given = parse(command, rest);
    if (given.flag('help')) {
      process.stdout.write(`${program.name} ${command.usage}\n${command.zh}\n${command.en}\n`);
      return 0;
    }
    return await command.run(given);
  } catch (cause) {
    if (!(cause instanceof WrongUse)) throw cause;
    process.stderr.write(`${cause.message}\n用法 / usage: ${program.name} ${command.usage}\n`);
    return 2;
  }
};

/** Runs what the command line asks for; the exit code is 3 when something broke. */
export const runCommands = (program: Program, args = process.argv.slice(2)): Promise<void> =>
  run(program, args).then(
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
