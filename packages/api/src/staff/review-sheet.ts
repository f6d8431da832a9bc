import {
  bindingOf,
  type Disposition,
  type Finding,
  type FindingKind,
  type Office,
  type Publication,
} from '@gongkai/core';

/** 发现的种类, as they stand on the sheet. */
const kinds: Record<FindingKind, string> = {
  'state-secret-mark': '密级标志',
  'declassified-mark': '已解密标志',
  'secrecy-prose': '涉及保密的文字',
  'internal-mark': '内部、不予公开字样',
  'resident-id': '居民身份证号',
  mobile: '手机号码',
  landline: '固定电话',
  'bank-card': '银行卡号',
  email: '电子邮箱',
  passport: '护照号',
  'travel-permit': '通行证、居留证号',
  'officer-card': '军官证、警官证号',
  'driving-licence': '驾驶证档案编号',
  'social-account': '微信、QQ号',
  'licence-plate': '车牌号',
  'credit-code': '统一社会信用代码',
  'name-with-address': '姓名与住址',
  address: '详细住址',
  'person-name': '个人姓名',
  'birth-date': '出生日期',
  medical: '医疗健康信息',
  minor: '未成年人信息',
  salary: '个人收入',
  aggregation: '汇聚可识别',
  'case-number': '案号',
  'commercial-secret': '商业秘密',
  'office-word': '本单位词典',
  comment: '批注',
  'tracked-change': '修订痕迹',
  'hidden-text': '隐藏文字',
  'hidden-sheet': '隐藏工作表',
  'hidden-rows-columns': '隐藏行列',
  'speaker-notes': '演讲者备注',
  metadata: '文件属性',
  attachment: '内嵌附件',
  'covered-text': '被遮挡的文字',
  'off-page-text': '页面之外的文字',
  'active-content': '活动内容',
  'external-link': '外部链接',
  'earlier-revision': '早先的版本',
  'form-value': '表单内容',
  signature: '签名',
  'not-searched': '无文字的页面',
  'file-name': '文件名',
};

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
          kind: kinds[finding.kind],
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
