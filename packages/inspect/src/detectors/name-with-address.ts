import { occurrences } from '../text/occurrences.ts';
import type { Detector } from './detector.ts';

/** The commonest surnames; about 97 % of the Han population. */
const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝';
const compound = '欧阳|司马|上官|诸葛|尉迟|东方|皇甫|令狐|夏侯|司徒|慕容|端木|公孙|长孙|宇文';
const person = `(?:(?:${compound})|[${surnames}])[ ]?[\\u4e00-\\u9fa5](?:[ ]?[\\u4e00-\\u9fa5])?`;
/** Words that say «a person's name stands here». */
const before =
  '(?:姓名|户主|联系人|申请人|申请者|被申请人|当事人|被告人|原告|被告|受害人|被害人|死者|患者|学生|家长|村民|居民|低保户|贫困户|监护人|法定代表人|负责人|收件人|户籍人|业主|承租人)';
const trigger = `${before}[ \\n:：]{0,3}${person}`;
const titled = `${person}(?=[ ]?(?:同志|先生|女士|[,，(（ ]{0,2}[男女][,，,  ]))`;
const place = '[\\u4e00-\\u9fa5A-Za-z0-9\\-—·]';
/** At least two levels and a last one that leads to a door. */
const address = `(?:${place}{1,10}?(?:省|自治区|市|区|县|旗|乡|镇|街道|街道办|社区|村|屯|庄|路|街|道|巷|弄|胡同|里|小区|花园|苑)){2,}${place}{0,8}?\\d{0,5}(?:号|组|栋|幢|单元|室|户|楼|座|队)`;
const between = '[^。\\n]{0,40}\\n?[^。\\n]{0,30}?';
const homeLabel = '(?:住址|家庭住址|地址|现住|住|居住地|户籍地|户籍所在地|家住|通讯地址)[ :：于在址]{0,3}';

const nameThenAddress = new RegExp(`(?:${trigger}|${titled})${between}(?:${homeLabel})?${address}`, 'g');

/** 姓名与住址: where a person lives. Either alone may be public, both together lead to a door. */
export const nameWithAddress: Detector = {
  rule: 'name-with-address',
  kind: 'name-with-address',
  severity: 'high',
  why: {
    zh: '姓名与住址并列，可以找到具体的人（政府信息公开条例第十五条；个人信息保护法第四条）。',
    en: 'A name together with where the person lives (OGI Regulations, art. 15; PIPL, art. 4).',
  },
  detect: ({ text }) =>
    occurrences(text, nameThenAddress, (match) => ({
      start: match.index,
      end: match.index + match[0].length,
      sure: /住|户籍/.test(match[0]) ? 0.85 : 0.7,
    })),
};
