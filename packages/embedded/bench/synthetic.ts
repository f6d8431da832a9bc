import type { SearchEntry } from '@gongkai/core';

/** Words that readers look for. */
const askedWords = (
  '公开 预算 资金 项目 补助 财政 审批 公示 名单 农村 社区 居民 安全 检查 计划 标准 救助 低保 医疗 教育 环境 保护 土地 征收 ' +
  '补偿 危房 改造 就业 培训 养老 津贴 残疾 采购 招标 中标 合同 验收 监督 处罚 复议 信访 统计 水利 道路 绿化 消防 应急 疫情 ' +
  '种子 化肥 抽检 许可 注销 登记 听证 决算 审计 问责 绩效 扶贫 搬迁 灌溉'
).split(' ');

const vocabularySize = 20_000;
const hanziFrom = 0x4e00;
const hanziCount = 3_000;

/** By frequency (Zipf's law is applied when drawing): the asked words at every 25th rank, made-up words between. */
const vocabulary = Array.from({ length: vocabularySize }, (_, rank) => {
  const asked = rank % 25 === 24 ? askedWords[(rank - 24) / 25] : undefined;
  const hanzi = (salt: number): number => hanziFrom + ((Math.imul(rank + 1, salt) >>> 0) % hanziCount);
  return asked ?? String.fromCodePoint(hanzi(2_654_435_761), hanzi(2_246_822_519));
});

/** The same documents on every run. */
export const syntheticEntries = function* (count: number, seed = 7): Generator<SearchEntry> {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const word = (): string => vocabulary[Math.floor(vocabularySize ** random()) - 1] ?? '';
  const text = (length: number): string => {
    let made = '';
    while (made.length < length) made += word() + (random() < 0.12 ? '，' : '');
    return made;
  };
  for (let n = 0; n < count; n += 1) {
    const year = 2012 + (n % 15);
    yield {
      id: `pub_${n}`,
      title: `关于${text(12)}的通知`,
      body: text(300 + random() * 1_000),
      documentNumber: `政办发〔${year}〕${n}号`,
      indexNumber: `11640000/${year}-${String(n).padStart(6, '0')}`,
      office: `第${n % 40}办公室`,
      column: `栏目${n % 12}`,
      theme: `主题${n % 21}`,
      genre: ['通知', '公告', '决定', '意见'][n % 4] ?? '',
      publishedOn: `${year}-${String((n % 12) + 1).padStart(2, '0')}-15`,
      status: n % 10 === 0 ? '废止' : '有效',
    };
  }
};

/** What readers type: words of two characters, two words, numbers, a single character, rare names. */
export const syntheticQueries = function* (
  entries: readonly SearchEntry[],
): Generator<readonly [string, string]> {
  for (const [n, entry] of entries.entries()) {
    const at = (n * 37) % Math.max(1, entry.body.length - 8);
    const somewhere = entry.body.slice(at).replaceAll('，', '');
    yield ['four characters from a text', somewhere.slice(0, 4)];
    yield ['document number', entry.documentNumber];
    yield ['two characters from a text', somewhere.slice(0, 2)];
    yield ['two common words', `${askedWords[n % 64] ?? ''} ${askedWords[(n * 7 + 3) % 64] ?? ''}`];
    yield ['one common word', askedWords[n % 64] ?? ''];
  }
};
