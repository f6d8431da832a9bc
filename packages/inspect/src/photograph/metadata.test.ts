import { execFileSync } from 'node:child_process';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { handMadePhotograph, jpegSegment } from './hand-made-photograph.ts';
import { photographFindings } from './metadata.ts';

const told = (bytes: Buffer): string[] =>
  photographFindings(bytes, 'a.jpg').map(({ severity, rule, text }) => `${severity} ${rule} ${text}`);

const xmp = jpegSegment(
  0xe1,
  'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:City="云阳县"><dc:creator><rdf:Seq><rdf:li>李四</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>',
);
const iptc = (dataset: number, words: string): Buffer => {
  const value = Buffer.from(words);
  const record = Buffer.concat([
    Buffer.from([0x1c, 1, 90, 0, 3, 0x1b, 0x25, 0x47, 0x1c, 2, dataset, 0, value.length]),
    value,
  ]);
  const padded = record.length % 2 === 0 ? record : Buffer.concat([record, Buffer.alloc(1)]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(record.length);
  return jpegSegment(
    0xed,
    Buffer.concat([Buffer.from('Photoshop 3.0\x008BIM\u0004\u0004\0\0', 'latin1'), size, padded]),
  );
};
const pngWith = (type: string, body: string): Buffer => {
  const bytes = Buffer.from(body, 'latin1');
  const chunk = (name: string, data: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(data.length);
    head.write(name, 4);
    return Buffer.concat([head, data, Buffer.alloc(4)]);
  };
  const header = Buffer.from([0, 0, 0, 9, 0, 0, 0, 9, 8, 2, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk(type, bytes),
    chunk('IDAT', Buffer.alloc(4)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

describe('a photograph', () => {
  it('tells where it was taken, who took it, with what, and carries a thumbnail', () => {
    const thumbnail = Buffer.from('ffd8ffd9', 'hex');
    const known = { make: 'HUAWEI', artist: '王小明', place: [30.93061, 108.69774], thumbnail } as const;
    expect(told(handMadePhotograph(known))).toEqual([
      'medium image-place GPS 30.93061, 108.69774',
      'low image-device Make HUAWEI',
      'medium image-author Artist 王小明',
      'medium image-thumbnail 缩略图 / thumbnail',
    ]);
  });

  it('tells the same in XMP, in IPTC, and in a comment', () => {
    expect(told(handMadePhotograph({}, [xmp]))).toEqual(
      expect.arrayContaining(['medium image-place City 云阳县', 'medium image-author creator 李四']),
    );
    expect(told(handMadePhotograph({}, [iptc(80, '赵六')]))).toEqual(['medium image-author By-line 赵六']);
    expect(told(handMadePhotograph({}, [jpegSegment(0xfe, '初稿')]))).toEqual([
      'low image-metadata Comment 初稿',
    ]);
  });

  it('is searched by the detectors in what it says', () => {
    const seen = photographFindings(handMadePhotograph({ description: '联系人手机13800138000' }), 'a.jpg');
    expect(seen.map(({ kind }) => kind)).toContain('mobile');
    expect(seen.every(({ removedByRender, part }) => removedByRender && part === 'a.jpg')).toBe(true);
  });

  it('says nothing when there is nothing, and never less than that something is there', () => {
    expect(told(handMadePhotograph({}))).toEqual([]);
    const broken = Buffer.concat([
      Buffer.from([0xff, 0xd8]),
      jpegSegment(0xe1, 'Exif\0\0??'),
      Buffer.from([0xff, 0xda, 0, 2, 0xff, 0xd9]),
    ]);
    expect(told(broken)).toEqual(['low image-metadata EXIF']);
  });

  it('says nothing by the head that every JFIF has, but tells a thumbnail in it', () => {
    const jfif = (across: number): Buffer =>
      Buffer.concat([
        Buffer.from('\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x02\0\0\x01\0\x01', 'latin1'),
        Buffer.from([across, across]),
        Buffer.from('\xff\xc0\0\x0b\x08\0\x08\0\x08\x01\x01\x11\0\xff\xd9', 'latin1'),
      ]);
    expect(told(jfif(0))).toEqual([]);
    expect(told(jfif(2)).length).toBeGreaterThan(0);
  });

  it('is read as far as it goes when its end is cut off', () => {
    const whole = handMadePhotograph({ make: 'HUAWEI', place: [30.93061, 108.69774] });
    for (let length = 0; length <= whole.length; length += 1)
      expect(() => told(whole.subarray(0, length))).not.toThrow();
  });
});

describe('a PNG', () => {
  it('tells what its text chunks say', () => {
    expect(told(pngWith('tEXt', 'Author\0Zhang San'))).toEqual(['medium image-author Author Zhang San']);
    expect(told(pngWith('tEXt', 'Comment\0draft'))).toEqual(['low image-metadata Comment draft']);
    const packed = deflateSync('internal use').toString('latin1');
    expect(told(pngWith('zTXt', `Note\0\0${packed}`))).toEqual(['low image-metadata Note internal use']);
    expect(told(pngWith('iTXt', `Note\0\u0001\0\0\0${packed}`))).toEqual([
      'low image-metadata Note internal use',
    ]);
    expect(told(pngWith('iTXt', 'Note\0\0\0zh\0\0draft'))).toEqual(['low image-metadata Note draft']);
  });
});

it('is read by plain Node too, which takes packages of the old kind otherwise than the test runner', () => {
  const from = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
  const script = `const { photographFindings } = await import(${from('./metadata.ts')});
    const { handMadePhotograph } = await import(${from('./hand-made-photograph.ts')});
    console.log(photographFindings(handMadePhotograph({ artist: 'Zhang San' }), 'a.jpg').map((one) => one.rule).join());`;
  expect(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      timeout: 60_000,
    }),
  ).toContain('image-author');
});
