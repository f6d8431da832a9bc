import { describe, expect, it } from 'vitest';
import { stationsOf, type Traveller } from './stations.ts';

type File = NonNullable<Traveller['files']>[number];
const file = (progress: File['progress'], left: Pick<File, 'type' | 'pdf'> = {}): File => ({
  id: 'f',
  name: 'f.docx',
  sha256: '',
  size: 1,
  progress,
  ...left,
  substitutedFonts: [],
  findings: [],
});
const at = (item: Traveller) =>
  stationsOf(item).find(({ status }) => status === 'now' || status === 'trouble');

describe('the line of stations', () => {
  it('stands where the slowest file is', () => {
    const files = [file('inspected'), file('accepted')];
    expect(at({ state: 'draft', major: false, files })).toEqual({ stop: 'convert', status: 'now' });
  });

  it('waits for the maker when every file is inspected, and for a file when there is none', () => {
    expect(at({ state: 'draft', major: false, files: [file('inspected')] })?.stop).toBe('self');
    expect(at({ state: 'draft', major: false, files: [] })?.stop).toBe('intake');
  });

  it('shows trouble at the station that refused a file', () => {
    expect(at({ state: 'draft', major: false, files: [file('refused')] })).toEqual({
      stop: 'intake',
      status: 'trouble',
    });
    expect(at({ state: 'draft', major: false, files: [file('refused', { type: 'docx' })] })?.stop).toBe(
      'convert',
    );
    expect(
      at({ state: 'draft', major: false, files: [file('refused', { type: 'docx', pdf: 'abc' })] })?.stop,
    ).toBe('inspect');
  });

  it('leads past the principal only when it is major', () => {
    const has = (major: boolean) =>
      stationsOf({ state: 'first-review', major }).some(({ stop }) => stop === 'principal');
    expect([has(true), has(false)]).toEqual([true, false]);
  });

  it('is done to the end when the display is over, and in trouble when it was withdrawn', () => {
    expect(stationsOf({ state: 'expired', major: false }).every(({ status }) => status === 'done')).toBe(
      true,
    );
    expect(at({ state: 'withdrawn', major: false })).toEqual({ stop: 'end', status: 'trouble' });
  });

  it('keeps the time that a machine took', () => {
    const line = stationsOf({ state: 'first-review', major: false, timing: { convert: 420 } });
    expect(line[1]).toEqual({ stop: 'convert', status: 'done', milliseconds: 420 });
  });
});
