import {
  bindingOf,
  type Disposition,
  type Finding,
  kindNames,
  type Office,
  type Publication,
} from '@gongkai/core';

const answers: Record<Disposition['answer'], string> = {
  redact: '遮盖',
  'not-sensitive': '不属于敏感内容',
  consent: '权利人同意公开',
  'public-interest': '不公开会对公共利益造成重大影响',
  removed: '出件时自动去除',
};

/** The sheet is kept longer than the document: of what was found only the ends are shown. */
export const masked = (text: string): string => {
  const letters = [...text.replace(/\s+/g, ' ').trim()].slice(0, 40);
  const ends = letters.length > 8 ? 3 : letters.length > 2 ? 1 : 0;
  return letters.map((letter, at) => (at < ends || at >= letters.length - ends ? letter : '*')).join('');
};

const mustBeSeen = ({ severity, removedByRender }: Finding): boolean =>
  severity !== 'low' && !removedByRender;

/** 政府信息公开保密审查表: what `packages/render/src/form/review-sheet` prints. */
export const reviewSheetOf = (
  office: Pick<Office, 'policy'>,
  item: Publication,
  findings: readonly (readonly Finding[])[],
): Record<string, unknown> => {
  const { policy } = office;
  const { metadata } = item;
  const people = new Map(
    [...item.voided, ...item.decisions].map(({ person, personName }) => [person, personName]),
  );
  people.set(item.maker, item.makerName);
  const said = [...item.voided, ...item.decisions].sort((a, b) => (a.at < b.at ? -1 : 1));
  const refused = item.decisions.find(({ verdict }) => verdict === 'refuse');
  const ground = policy.grounds.find(({ key }) => key === refused?.ground);
  return {
    number: item.id,
    office: metadata.office || policy.office.name,
    title: metadata.title || item.files[0]?.name || item.id,
    ...(metadata.documentNumber ? { documentNumber: metadata.documentNumber } : {}),
    department: metadata.office || policy.office.name,
    handler: item.makerName,
    disclosure: metadata.disclosure === 'proactive' ? '主动公开' : '依申请公开',
    ...(item.numbers ? { indexNumber: item.numbers.indexNumber } : {}),
    findings: findings
      .flat()
      .filter(mustBeSeen)
      .map((finding) => {
        const given = item.dispositions[finding.id];
        const page = finding.boxes[0]?.page;
        return {
          ...(page === undefined ? {} : { page }),
          kind: kindNames[finding.kind][0],
          text: masked(finding.text),
          answer: given ? answers[given.answer] : '未处理',
          reason: given?.reason ?? '',
          person: given ? (people.get(given.person) ?? given.person) : '',
        };
      }),
    decisions: said.map(({ checkpoint, verdict, personName, at, reason }) => ({
      checkpoint,
      verdict,
      name: personName,
      at,
      opinion: reason ?? '',
    })),
    ...(ground ? { withholding: `${ground.name}（${ground.clause}）` } : {}),
    files: item.files.map(({ name, sha256 }) => ({ name, sha256 })),
    binding: bindingOf(item),
  };
};
