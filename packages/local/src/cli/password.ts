import { createInterface } from 'node:readline/promises';
import { WrongUse } from './command.ts';

/** From a pipe with --password-stdin, else asked for without echo. Never from the command line, where others can read it. */
export const readPassword = async (fromPipe: boolean): Promise<string> => {
  if (fromPipe) {
    let text = '';
    for await (const chunk of process.stdin) text += String(chunk);
    return text.replace(/\r?\n$/, '');
  }
  if (!process.stdin.isTTY) throw new WrongUse('--password-stdin');
  const line = createInterface({ input: process.stdin, output: process.stderr, terminal: true });
  process.stderr.write('密码 / password: ');
  const output = line as unknown as { _writeToOutput: (text: string) => void };
  output._writeToOutput = () => {};
  const password = await line.question('');
  line.close();
  process.stderr.write('\n');
  return password;
};
