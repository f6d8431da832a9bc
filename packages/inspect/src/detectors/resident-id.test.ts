import { describe, expect, it } from 'vitest';
import { detected } from './detect.ts';
import { residentId } from './resident-id.ts';

// Made up: region 110101, check digits computed.
const id = '11010119900307109X';

describe('resident-id', () => {
  it.each([
    ['plain', id, [id]],
    ['lower case x', id.toLowerCase(), [id.toLowerCase()]],
    ['full width', '１１０１０１１９９００３０７１０９Ｘ', [id]],
    ['in groups', '110101 19900307 109X', ['110101 19900307 109X']],
    ['spaced out', [...id].join(' '), [[...id].join(' ')]],
    ['over a line end', '1101011990\n0307109X', ['1101011990|0307109X']],
    ['with a zero-width space', '110101\u200b19900307109X', [id]],
    ['after another number', `2013 ${id}`, [id]],
    ['two in a row', `${id} ${id}`, [id, id]],
    ['wrong check digit beside its label', '身份证号：110101199003071091', ['110101199003071091']],
    ['fifteen digits with a label', '身份证 110101900307109', ['110101900307109']],
    ['fifteen digits without a label', '110101900307109', ['110101900307109 medium']],
  ])('finds it %s', (_, text, expected) => {
    expect(detected(residentId, text)).toEqual(expected);
  });

  it.each([
    ['a wrong check digit', '110101199003071091'],
    ['no such region', '99010119900307109X'],
    ['no such day', '11010119900230109X'],
    ['part of a longer number', `1${id.slice(0, 17)}12345`],
    ['masked', '110101********109X'],
    ['masked at the end', '11010119900307****'],
  ])('leaves alone: %s', (_, text) => {
    expect(detected(residentId, text)).toEqual([]);
  });
});
