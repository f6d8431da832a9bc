/** What is wrong with an export, in the words of somebody who checks it from outside. */
const sentences = {
  'header-missing': [
    '文件开头不是审计导出的首行。',
    'The file does not begin with the header of an audit export.',
  ],
  'line-malformed': [
    '第 {line} 行不是规范的导出内容，可能被改动。',
    'Line {line} is not a well-formed line of an export; it may have been altered.',
  ],
  'key-swapped': [
    '导出文件所用的公钥不是所信任的公钥，可能被换过。',
    'The public key in the export is not the one that is trusted; it may have been swapped.',
  ],
  'key-retired': [
    '第 {line} 行的检查点由已移交的旧密钥签署：旧密钥移交后不得再签。',
    'The checkpoint in line {line} is signed by a key that was handed over before: it may sign nothing more.',
  ],
  'handover-invalid': [
    '第 {seq} 条的密钥移交无效：不是由现用密钥移交，或交给了已用过的密钥。',
    'The handover of the key in entry {seq} is not valid: it is not from the key in force, or to one that was used before.',
  ],
  'handover-unsigned': [
    '第 {seq} 条起未经新旧两把密钥共同签署：密钥移交不成立。',
    'From entry {seq} on the handover of the key is not signed by both the old key and the new one.',
  ],
  'entry-changed': [
    '第 {seq} 条记录的内容与其散列值不符，被改动过。',
    'Entry {seq} does not match its hash: it was changed.',
  ],
  'sequence-broken': [
    '此处应为第 {seq} 条记录，实为第 {found} 条：有记录被删除、插入或调换了顺序。',
    'Entry {seq} should stand here, but it is {found}: an entry was deleted, inserted or moved.',
  ],
  'root-mismatch': [
    '第 {seq} 至 {to} 条记录与签名检查点不符：其中有记录被改动、删除、插入或调换。',
    'Entries {seq} to {to} do not agree with the signed checkpoint: something among them was changed, deleted, inserted or moved.',
  ],
  'checkpoint-invalid': [
    '第 {line} 行的检查点没有有效签名（{detail}）。',
    'The checkpoint in line {line} has no valid signature ({detail}).',
  ],
  'checkpoint-replayed': [
    '第 {line} 行的检查点早于它前面的内容，是旧检查点被重放。',
    'The checkpoint in line {line} is older than what stands before it: an old one was replayed.',
  ],
  truncated: [
    '记录只到第 {seq} 条之前，应有 {to} 条：后面的记录被截去。',
    'The entries stop before {seq}, but there should be {to}: the rest was cut off.',
  ],
  'tail-unsealed': [
    '第 {seq} 条起的记录没有检查点签名，不能证明真实。',
    'From entry {seq} on nothing is covered by a signed checkpoint, so nothing proves it.',
  ],
  forked: [
    '从第 {seq} 条起，导出内容与另一份有效签名的检查点矛盾：该机关签署过两种不同的历史。',
    'From entry {seq} on the export contradicts another validly signed checkpoint: two different histories were signed.',
  ],
  'outside-invalid': [
    '用来对照的检查点无效或不属于这份记录（{detail}）。',
    'The checkpoint given for comparison is not valid or belongs to another log ({detail}).',
  ],
} as const satisfies Record<string, readonly [zh: string, en: string]>;

export type ExportProblem = keyof typeof sentences;

type Details = {
  readonly seq: number;
  readonly line: number;
  readonly found?: number;
  readonly to?: number;
  readonly detail?: string;
};

export const problemSentence = (
  problem: ExportProblem,
  details: Details,
): { readonly zh: string; readonly en: string } => {
  const values: Readonly<Record<string, string | number | undefined>> = details;
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '—'));
  const [zh, en] = sentences[problem];
  return { zh: fill(zh), en: fill(en) };
};
