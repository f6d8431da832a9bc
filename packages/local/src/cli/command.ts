import { parseArgs } from 'node:util';
import { type Refusal, sentence } from '@gongkai/core';

/** 0 fine, 1 refused, 2 wrong use, 3 broken. */
export type ExitCode = 0 | 1 | 2 | 3;

export type Options = NonNullable<Parameters<typeof parseArgs>[0]>['options'];

export type Command = {
  readonly name: string;
  readonly usage: string;
  readonly zh: string;
  readonly en: string;
  readonly options?: Options;
  run(given: Given): Promise<ExitCode>;
};

export type Given = {
  readonly words: readonly string[];
  flag(name: string): boolean;
  value(name: string): string | undefined;
  /** Prints the JSON with `--json`, else the lines for people. */
  say(json: unknown, lines: readonly string[] | string): void;
  /** Says no: exit 1. */
  refuse(refusal: Refusal, more?: object): ExitCode;
  readonly json: boolean;
};

/** The person typed it wrong: exit 2, with the usage. */
export class WrongUse extends Error {}

export const parse = (command: Command, args: readonly string[]): Given => {
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      strict: true,
      options: {
        json: { type: 'boolean' },
        data: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        ...command.options,
      },
    });
  } catch (cause) {
    throw new WrongUse(cause instanceof Error ? cause.message : String(cause));
  }
  const json = parsed.values.json === true;
  const print = (text: string) => process.stdout.write(`${text}\n`);
  return {
    words: parsed.positionals,
    flag: (name) => parsed.values[name] === true,
    value: (name) => {
      const value = parsed.values[name];
      return typeof value === 'string' ? value : undefined;
    },
    json,
    say: (value, lines) =>
      print(json ? JSON.stringify(value) : Array.isArray(lines) ? lines.join('\n') : String(lines)),
    refuse: (refusal, more = {}) => {
      const { zh, en } = sentence(refusal);
      if (json) print(JSON.stringify({ ok: false, code: refusal.code, zh, en, ...more }));
      else process.stderr.write(`${zh}\n${en}\n`);
      return 1;
    },
  };
};
