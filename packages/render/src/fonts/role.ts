/**
 * The five faces that official documents are set in (GB/T 9704-2012: title 小标宋, body 仿宋, headings 黑 and 楷;
 * tables and imprint 宋).
 */
export type FontRole = 'song' | 'hei' | 'kai' | 'fang' | 'xiaobiaosong';

/** The order matters: 方正小标宋 and 仿宋 both end in 宋. */
const patterns: readonly (readonly [FontRole, RegExp])[] = [
  ['xiaobiaosong', /小标宋|大标宋|标题宋|中宋|xiaobiaosong|xbsj|fzxbs|stzhongsong|zhongsong/],
  ['fang', /仿宋|fangsong|simfang|^fang ?song|fzfs/],
  ['kai', /楷|kaiti|simkai|stkai|kaishu|dfkai|fzkt|隶书|行楷|lisu|wenkai/],
  ['hei', /黑|雅黑|等线|幼圆|圆体|simhei|yahei|dengxian|stxihei|heiti|youyuan|sanssc|sanscn|sanscjk|fzht/],
  ['song', /宋|明体|simsun|nsimsun|stsong|songti|mingliu|serifsc|serifcn|serifcjk|fzss/],
];

/** `@` marks the rotated face for vertical setting in Windows; full-width and spaces vary between programs. */
const normal = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^@/, '')
    .replace(/[\s"']/g, '');

/**
 * The role of a font name as Chinese offices write it: 仿宋_GB2312, FangSong, 方正小标宋简体, 华文楷体, 微软雅黑, SimSun.
 * Undefined for a Latin or unknown font.
 */
export const roleOf = (name: string): FontRole | undefined => {
  const plain = normal(name);
  return patterns.find(([, pattern]) => pattern.test(plain))?.[0];
};

/** Font names that stand in real files; programs that need a closed list (fontconfig, binary .doc) use it. */
export const officeFontNames: readonly string[] = [
  '仿宋',
  '仿宋_GB2312',
  '仿宋_GB18030',
  'FangSong',
  'FangSong_GB2312',
  '华文仿宋',
  'STFangsong',
  '方正仿宋_GBK',
  '方正仿宋_GB2312',
  '方正仿宋简体',
  '方正小标宋简体',
  '方正小标宋_GBK',
  '方正小标宋_GB2312',
  '小标宋',
  '华文中宋',
  'STZhongsong',
  'FZXiaoBiaoSong-B05',
  'FZXiaoBiaoSong-B05S',
  '楷体',
  '楷体_GB2312',
  '楷体_GB18030',
  'KaiTi',
  'KaiTi_GB2312',
  '华文楷体',
  'STKaiti',
  '方正楷体_GBK',
  '方正楷体_GB2312',
  '方正楷体简体',
  '华文行楷',
  '隶书',
  '华文隶书',
  'LiSu',
  '黑体',
  'SimHei',
  '华文黑体',
  '华文细黑',
  'STHeiti',
  'STXihei',
  '方正黑体_GBK',
  '方正黑体简体',
  '方正黑体_GB2312',
  '微软雅黑',
  'Microsoft YaHei',
  'Microsoft YaHei UI',
  '微软雅黑 Light',
  '等线',
  '等线 Light',
  'DengXian',
  '幼圆',
  'YouYuan',
  '思源黑体',
  'Source Han Sans SC',
  'Source Han Sans CN',
  'Noto Sans CJK SC',
  '宋体',
  '新宋体',
  'SimSun',
  'NSimSun',
  '华文宋体',
  'STSong',
  '宋体-18030',
  '宋体_GB2312',
  '方正书宋_GBK',
  '方正书宋简体',
  '思源宋体',
  'Source Han Serif SC',
  'Source Han Serif CN',
  'Noto Serif CJK SC',
  '方正大标宋简体',
  '宋体-简',
  '黑体-简',
  '楷体-简',
  '仿宋-简',
]; // prettier-ignore
