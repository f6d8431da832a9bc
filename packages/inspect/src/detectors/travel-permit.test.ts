import { describe, expect, it } from 'vitest';
import { detected } from './detect.ts';
import { travelPermit } from './travel-permit.ts';

describe('travel-permit', () => {
  it.each([
    ['港澳居民来往内地通行证H12345678', ['H12345678']],
    ['回乡证号：Ｍ１２３４５６７８０１', ['M1234567801']],
    ['往来港澳通行证 CA1234567', ['CA1234567']],
    ['往来台湾通行证号 L12345678', ['L12345678']],
    ['台胞证：12345678', ['12345678']],
    ['港澳通行证H1234\n5678', ['H1234|5678']],
    ['姓名 通行证号码\n陈某 H12345678', ['H12345678']],
    ['外国人永久居留身份证 USA110090031501', ['USA110090031501']],
  ])('finds %s', (text, expected) => {
    expect(detected(travelPermit, text)).toEqual(expected);
  });

  it.each(['产品 H12345678', '台胞证自20190601起启用', '通行证工本费120元', '通行证H1234****'])(
    'leaves %s alone',
    (text) => {
      expect(detected(travelPermit, text)).toEqual([]);
    },
  );
});
