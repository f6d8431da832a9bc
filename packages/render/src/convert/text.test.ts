import { describe, expect, it } from 'vitest';
import { type Block, htmlBlocks, markdownBlocks } from '../text/index.ts';
import { csvBlocks, parseCsv } from './csv.ts';
import { decodeText } from './encoding.ts';
import { plainTextBlocks } from './plain-text.ts';

const words = (blocks: readonly Block[]): string => JSON.stringify(blocks);

describe('the encoding of a text', () => {
  it.each([
    ['UTF-8', Buffer.from('政务公开\r\n二')],
    ['UTF-8 with a mark', Buffer.from('\ufeff政务公开\r\n二')],
    ['UTF-16LE', Buffer.from('\ufeff政务公开\r\n二', 'utf16le')],
    ['UTF-16BE', Buffer.from('\ufeff政务公开\r\n二', 'utf16le').swap16()],
    ['GBK', Buffer.from('d5fecef1b9abbfaa0d0ab6fe', 'hex')],
  ])('is known: %s', (_, bytes) => expect(decodeText(bytes)).toEqual({ ok: true, value: '政务公开\n二' }));

  it('knows the four-byte characters of GB18030', () => {
    expect(decodeText(Buffer.from('8239a138d5fe', 'hex'))).toMatchObject({
      ok: true,
      value: expect.stringMatching(/^.政$/u),
    });
  });

  it.each([
    ['broken UTF-8 that is no GB18030 either', Buffer.from('e694bfff', 'hex')],
    ['UTF-16 without a mark', Buffer.from('ab政', 'utf16le')],
    ['half a UTF-16 character', Buffer.from('fffe0041ff', 'hex')],
    ['a lone surrogate', Buffer.from('fffe00d84100', 'hex')],
    ['a NUL', Buffer.from('a\0b')],
  ])('is refused: %s', (_, bytes) =>
    expect(decodeText(bytes)).toMatchObject({ ok: false, error: { code: 'text-encoding' } }),
  );
});

describe('plain text', () => {
  it('takes a short first line as the title and 一、 （一） as headings', () => {
    const blocks = plainTextBlocks('政务公开方案\n\n一、总体要求\n（一）目标\n　　正文。\n二、本句是正文。');
    expect(blocks.map((it) => it.is)).toEqual(['title', 'heading', 'heading', 'paragraph', 'paragraph']);
  });
  it('changes no character of a line', () => {
    expect(plainTextBlocks('第一句。\n  a  b\t=1+1  ')).toMatchObject([
      { runs: [{ text: '第一句。' }] },
      { runs: [{ text: 'a  b\t=1+1' }] },
    ]);
  });
});

describe('CSV', () => {
  it('reads quotes, doubled quotes and line ends inside them', () => {
    expect(parseCsv('a,"b,""c""\nd"\n\ne;,f')).toEqual({
      ok: true,
      value: [
        ['a', 'b,"c"\nd'],
        ['e;', 'f'],
      ],
    });
  });
  it.each(['a;b\n1;2', 'a\tb\n1\t2'])('finds the separator of %j', (text) => {
    expect(parseCsv(text)).toEqual({
      ok: true,
      value: [
        ['a', 'b'],
        ['1', '2'],
      ],
    });
  });
  it('keeps formulas as text and fills short rows', () => {
    expect(csvBlocks('甲,乙,丙\n=1+1')).toMatchObject({
      value: [
        {
          columns: 3,
          head: true,
          cells: [{}, {}, {}, { runs: [{ text: '=1+1' }] }, { runs: [{ text: '' }] }, {}],
        },
      ],
    });
  });
  it('refuses an open quote', () => {
    expect(csvBlocks('a,"b\nc')).toMatchObject({ error: { code: 'damaged' } });
  });
});

describe('HTML', () => {
  it('keeps text, lists and tables', () => {
    const blocks = htmlBlocks('<h1>题</h1><div>段 <b>粗</b><p>二</div><ol start=3><li>甲<li>乙</ol>');
    expect(blocks).toMatchObject([
      { is: 'title' },
      { is: 'paragraph', runs: [{ text: '段 ' }, { text: '粗', bold: true }] },
      { is: 'paragraph', runs: [{ text: '二' }] },
      { is: 'list', ordered: true, start: 3, items: [[{}], [{}]] },
    ]);
  });
  it.each([
    '<script>坏</script>',
    '<style>坏</style>',
    '<template>坏</template>',
    '<svg><text>坏</text></svg>',
    '<iframe srcdoc="坏">坏</iframe>',
    '<p hidden>坏</p>',
    '<p style="color:red; DISPLAY : none">坏</p>',
    '<noscript>坏</noscript>',
    '<!-- 坏 -->',
    '<textarea>坏</textarea>',
    '<img src="http://坏/x.png">',
    '<p onclick="坏">好</p>',
    '<table><tr><td hidden>坏</table>',
    '<ul><script>坏</script></ul>',
  ])('brings nothing along of %s', (html) =>
    expect(words(htmlBlocks(`<p>好</p>${html}`))).not.toContain('坏'),
  ); // prettier-ignore
  it('places cells that span rows and columns, and fills the gaps', () => {
    const html = '<table><tr><td rowspan=2>1<td colspan=2>2</tr><tr><td>3</tr></table>';
    expect(htmlBlocks(html)).toMatchObject([
      { columns: 3, cells: [{ down: 2 }, { across: 2 }, { runs: [{ text: '3' }] }, { runs: [] }] },
    ]);
  });
  it('finds a table inside a span', () => {
    expect(htmlBlocks('<span>前<table><tr><td>格</table></span>').map((it) => it.is)).toEqual([
      'paragraph',
      'table',
    ]);
  });
});

describe('Markdown', () => {
  it('prints the address of a link and the name of a picture, and fetches neither', () => {
    const text = words(markdownBlocks('[网站](https://a.cn) <https://b.cn> ![章](http://c.cn/x.png)'));
    expect(text).toContain('（https://a.cn）');
    expect(text).not.toContain('（https://b.cn）');
    expect(text).toContain('［图：章］');
    expect(text).not.toContain('c.cn');
  });
  it('lets raw HTML through the allow-list only', () => {
    expect(
      words(markdownBlocks('<div>好<script>坏</script></div>\n\n行<b onclick="坏">内</b>')),
    ).not.toContain('坏');
  });
  it('reads tables, nested lists and code', () => {
    const blocks = markdownBlocks('| a | b |\n|---|---|\n| 1 | 2 |\n\n- x\n  1. y\n\n```\n a  b\n```');
    expect(blocks).toMatchObject([
      { is: 'table', columns: 2, head: true },
      { is: 'list', items: [[{ is: 'paragraph' }, { is: 'list', ordered: true }]] },
      { is: 'code', text: ' a  b' },
    ]);
  });
});
