import { createReadStream, createWriteStream, existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  ExportVerifier,
  exportAudit,
  type Office,
  type RecordFault,
  recordFaults,
  sequenceAudit,
} from '@gongkai/core';
import { type Command, type ExitCode, type Given, type Options, WrongUse } from './command.ts';
import { withHost } from './with-host.ts';

/** Opens the office that the options name, and closes it whatever happens. */
export type WithOffice = (given: Given, work: (office: Office) => Promise<ExitCode>) => Promise<ExitCode>;

export const auditOf = (withOffice: WithOffice, more: Options = {}): Command => ({
  name: 'audit',
  usage:
    'audit export [--out FILE] | audit verify FILE [--key PUBLIC-KEY[,PUBLIC-KEY…]] [--checkpoint FILE] | audit check',
  zh: '导出审计日志；离线核验导出文件，指出第一处不符；用审计日志核对记录',
  en: 'exports the audit log; verifies an export offline and names the first bad entry; checks the records by the log',
  options: { out: { type: 'string' }, key: { type: 'string' }, checkpoint: { type: 'string' }, ...more },
  run: async (given) => {
    const [what, path] = given.words;
    if (what === 'export') {
      const out = given.value('out');
      if (out !== undefined && existsSync(out)) throw new WrongUse(`${out} 已存在 / exists`);
      return withOffice(given, async (office) => {
        await sequenceAudit(office, { checkpointSeconds: 0 });
        const lines = (async function* () {
          for await (const line of exportAudit(office)) yield `${line}\n`;
        })();
        await pipeline(
          Readable.from(lines),
          out === undefined ? process.stdout : createWriteStream(out, { flags: 'wx' }),
          { end: out !== undefined },
        );
        if (out !== undefined)
          given.say(
            { ok: true, out, publicKey: office.signer.publicKey },
            `${out}\n公钥 / public key: ${office.signer.publicKey}`,
          );
        return 0;
      });
    }
    if (what === 'verify' && path !== undefined) {
      if (!existsSync(path)) throw new WrongUse(`${path}: 没有这个文件 / no such file`);
      return verifyFile(given, path);
    }
    if (what === 'check') return withOffice(given, (office) => checkRecords(given, office));
    throw new WrongUse('export | verify FILE | check');
  },
});

export const audit = auditOf((given, work) => withHost(given, ({ office }) => work(office)));

/** The other half: an export proves the log, this proves what is in the records by the log. */
const checkRecords = async (given: Given, office: Office): Promise<ExitCode> => {
  const faults: RecordFault[] = [];
  for await (const fault of recordFaults(office)) faults.push(fault);
  given.say(
    { ok: faults.length === 0, faults },
    faults.length === 0
      ? '记录与审计日志一致 / the records agree with the audit log'
      : faults.flatMap(({ zh, en }) => [zh, en]),
  );
  return faults.length === 0 ? 0 : 1;
};

/** Needs nothing but the file: no office, no network. `--key` and `--checkpoint` bring what you kept elsewhere. */
const verifyFile = async (given: Given, path: string): Promise<ExitCode> => {
  const key = given.value('key');
  const kept = given.value('checkpoint');
  const verifier = new ExportVerifier({
    ...(key === undefined ? {} : { trustedPublicKey: key.split(',').map((one) => one.trim()) }),
    ...(kept === undefined ? {} : { checkpoints: [readFileSync(kept, 'utf8')] }),
  });
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) if (!verifier.push(line)) break;
  const verdict = verifier.verdict();
  if (!verdict.ok) {
    given.say(verdict, `${verdict.sentence.zh}\n${verdict.sentence.en}`);
    return 1;
  }
  given.say(verdict, [
    `完整无误：${verdict.size} 条，截至 ${verdict.at} / intact: ${verdict.size} entries up to ${verdict.at}`,
    ...verdict.keys
      .map(({ publicKey, from, to }) =>
        verdict.keys.length === 1
          ? ''
          : `密钥 ${publicKey}：签署第 ${from} 条起${to === undefined ? '，现用' : `至第 ${to - 1} 条（末条为移交）`} / key ${publicKey}: entries from ${from}${to === undefined ? ', in force' : ` to ${to - 1}, which hands over`}`,
      )
      .filter((line) => line !== ''),
    verdict.keyTrusted
      ? '公钥与您保存的一致 / the key is the one you kept'
      : '注意：未与您另行保存的公钥比对（--key）/ note: not compared with a key that you kept elsewhere (--key)',
  ]);
  return 0;
};
