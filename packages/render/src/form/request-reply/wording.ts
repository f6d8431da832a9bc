import type { ReplyGround, ReplyOutcome } from '@gongkai/core';

const regulation = '《中华人民共和国政府信息公开条例》';

/** What is said of each ground, and by which article. */
const grounds: Readonly<Record<ReplyGround, readonly [says: string, article: string]>> = {
  'state-secret': ['属于依法确定的国家秘密', '第十四条'],
  'prohibited-by-law': ['属于法律、行政法规禁止公开的政府信息', '第十四条'],
  'public-security': ['公开后可能危及国家安全、公共安全、经济安全、社会稳定', '第十四条'],
  'trade-secret': ['涉及商业秘密，公开会对第三方合法权益造成损害', '第十五条'],
  privacy: ['涉及个人隐私，公开会对第三方合法权益造成损害', '第十五条'],
  'third-party': ['公开会对第三方合法权益造成损害', '第十五条'],
  'internal-affairs': ['属于行政机关的内部事务信息', '第十六条第一款'],
  process: ['属于行政机关在履行行政管理职能过程中形成的过程性信息', '第十六条第二款'],
  'enforcement-file': ['属于行政执法案卷信息', '第十六条第二款'],
};

export type Reply = {
  readonly outcome: ReplyOutcome;
  readonly organisation: boolean;
  readonly ground?: ReplyGround | undefined;
  readonly reason?: string | undefined;
  readonly access?: string | undefined;
  readonly responsible?: string | undefined;
  readonly items?: readonly string[] | undefined;
  /** Already in words: 2026年3月3日. */
  readonly correctBy?: string | undefined;
};

const ended = (text: string | undefined): string =>
  text === undefined || text === ''
    ? ''
    : /[。！？]$/u.test(text)
      ? text
      : `${text.replace(/[；，;,.]$/u, '')}。`;
const according = (article: string): string => `根据${regulation}${article}的规定，`;

/** The decision in the words of its clause (条例 §30, §36, §37, §39), one string a paragraph. */
export const decisionOf = (reply: Reply): string[] => {
  const { outcome, organisation, ground, reason, access, responsible, items = [], correctBy } = reply;
  const you = organisation ? '贵单位' : '您';
  const [says, article] = ground === undefined ? ['', ''] : grounds[ground];
  const why = ended(reason);
  switch (outcome) {
    case 'already-public':
      return [
        `经审查，${you}申请公开的信息已经主动公开。${according('第三十六条第一项')}${you}可以通过以下方式、途径获取：${ended(access)}${why}`,
      ];
    case 'disclosed':
      return [
        `经审查，${you}申请公开的信息可以公开。${according('第三十六条第二项')}本机关予以公开。获取的方式、途径和时间：${ended(access)}${why}`,
      ];
    case 'partial':
      return [
        `经审查，${you}申请公开的信息中含有不应当公开的内容，能够作区分处理。${according('第三十七条')}本机关向${you}提供可以公开的内容。获取的方式、途径和时间：${ended(access)}`,
        `其余内容${says}。${according(article)}不予公开。理由：${why}`,
      ];
    case 'withheld':
      return [
        `经审查，${you}申请公开的信息${says}。${according(`${article}、第三十六条第三项`)}本机关决定不予公开。理由：${why}`,
      ];
    case 'nonexistent':
      return [
        `经检索，没有${you}申请公开的信息。${according('第三十六条第四项')}告知${you}该政府信息不存在。${why}`,
      ];
    case 'not-ours':
      return [
        `经审查，${you}申请公开的信息不属于本机关负责公开。${according('第三十六条第五项')}特此告知并说明理由：${why}${responsible ? `负责公开该信息的机关及联系方式：${ended(responsible)}` : ''}`,
      ];
    case 'repeated':
      return [
        `经审查，本机关已就${you}提出的相同申请作出答复。${according('第三十六条第六项')}不予重复处理。${why}`,
      ];
    case 'special-rules':
      return [
        `经审查，法律、行政法规对${you}申请公开的信息的获取有特别规定。${according('第三十六条第七项')}请${you}依照有关法律、行政法规的规定办理：${ended(access)}${why}`,
      ];
    case 'petition':
      return [
        `经审查，${you}提交的内容属于信访、投诉、举报等活动。${according('第三十九条第一款')}不作为政府信息公开申请处理，${you}可以通过相应渠道提出。${ended(access)}${why}`,
      ];
    case 'correction':
      return [
        `经审查，${you}的申请内容不明确。${according('第三十条')}请${you}于${correctBy}前补正以下事项：`,
        ...items.map(
          (item, i) => `${i + 1}.${item.replace(/[。；;]$/u, '')}${i === items.length - 1 ? '。' : '；'}`,
        ),
        `答复期限自本机关收到补正的申请之日起计算。无正当理由逾期不补正的，视为放弃申请，本机关不再处理该政府信息公开申请。${why}`,
      ];
  }
};

/**
 * 救济途径 (条例 §51). 不予公开 goes to reconsideration first (行政复议法（2023 修订）§23①（四）, 60 days by §20); the others may
 * go to court as well (行政诉讼法 §46, six months). A notice to correct decides nothing yet.
 */
export const remedyOf = ({ outcome, organisation }: Reply, reviewBody?: string, court?: string): string[] => {
  if (outcome === 'correction') return [];
  const you = organisation ? '贵单位' : '您';
  const review = `${you}如对本告知书不服，可以自收到本告知书之日起60日内向${reviewBody ?? '有管辖权的行政复议机关'}申请行政复议`;
  const bench = court ?? '有管辖权的人民法院';
  return outcome === 'withheld' || outcome === 'partial'
    ? [`${review}；对行政复议决定不服的，可以依法向${bench}提起行政诉讼。`]
    : [`${review}，也可以自收到本告知书之日起六个月内向${bench}提起行政诉讼。`];
};
