import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FontRole, roleOf } from './role.ts';
import { readTypeface } from './typeface.ts';

export { coverageOf, covered } from './coverage.ts';
export { type FontRole, officeFontNames, roleOf } from './role.ts';

export type FontFile = {
  /** Absolute path of a .ttf, .otf or .ttc. */
  readonly path: string;
  /** The name by which Typst and LibreOffice know it. */
  readonly family: string;
  readonly role: FontRole;
  readonly weight: 400 | 700;
  /** Every family name in the file, Chinese ones too. */
  readonly families: readonly string[];
  /** From the office's own folder: it wins over ours. */
  readonly office: boolean;
};

const npm = createRequire(import.meta.url);
const noto = (file: string, family: string, role: FontRole, weight: 400 | 700): FontFile => ({
  path: npm.resolve(`@expo-google-fonts/${file}`),
  family,
  families: [family],
  role,
  weight,
  office: false,
});

const own = (file: string, family: string, role: FontRole, weight: 400 | 700 = 400): FontFile => ({
  path: fileURLToPath(new URL(`../../fonts/${file}`, import.meta.url)),
  family,
  families: [family],
  role,
  weight,
  office: false,
});

const ours = (): FontFile[] => [
  noto('noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf', 'Noto Serif SC', 'song', 400),
  noto('noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf', 'Noto Serif SC', 'xiaobiaosong', 700),
  noto('noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf', 'Noto Sans SC', 'hei', 400),
  noto('noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf', 'Noto Sans SC', 'hei', 700),
  own('GongkaiKai-Regular.ttf', 'Gongkai Kai', 'kai'),
  // 𠮷 and 2,300 more in names of people and places that Noto Serif SC lacks: the last in every chain.
  own('GongkaiRare-Regular.ttf', 'Gongkai Rare', 'song'),
  own('GongkaiRare-Bold.ttf', 'Gongkai Rare', 'song', 700),
];

const fromOffice = (folder: string): FontFile[] =>
  readdirSync(folder)
    .filter((name) => /\.(ttf|otf|ttc)$/i.test(name))
    .sort()
    .flatMap((name): FontFile[] => {
      const path = resolve(join(folder, name));
      const face = readTypeface(path);
      const family = face?.families.find((it) => /^[\x20-\x7e]+$/.test(it)) ?? face?.families[0];
      const role = [...(face?.families ?? []), name].map(roleOf).find((it) => it !== undefined);
      if (face === undefined || family === undefined || role === undefined) return [];
      return [{ path, family, families: face.families, role, weight: face.weight, office: true }];
    });

/**
 * Every font that pages may be set with, the office's own first.
 * `officeFolder`: a folder of licensed fonts; default is what `GONGKAI_FONTS` names. Throws when it cannot be read:
 * a misconfigured folder must not silently change how every document looks.
 */
export const fontFiles = (officeFolder = process.env.GONGKAI_FONTS): FontFile[] => [
  ...(officeFolder === undefined || officeFolder === '' ? [] : fromOffice(officeFolder)),
  ...ours(),
];

/** Where a role goes when there is no font for it. 宋 has every character of GBK and of 通用规范汉字表, so each chain ends there. */
const standIns: Readonly<Record<FontRole, readonly FontRole[]>> = {
  song: ['song'],
  hei: ['hei', 'song'],
  kai: ['kai', 'song'],
  fang: ['fang', 'song'],
  xiaobiaosong: ['xiaobiaosong', 'song'],
};

/** The families to try for a role, best first, each once: `font: families('kai')` in Typst. */
export const families = (role: FontRole, fonts: readonly FontFile[] = fontFiles()): string[] => [
  ...new Set(
    standIns[role].flatMap((it) => fonts.filter((font) => font.role === it).map((font) => font.family)),
  ),
];

/** The file that text of this role is set with. */
export const fontFor = (role: FontRole, fonts: readonly FontFile[] = fontFiles()): FontFile => {
  for (const candidate of standIns[role]) {
    const font = fonts.find((it) => it.role === candidate);
    if (font !== undefined) return font;
  }
  throw new Error(`no font for ${role}`);
};

/** Which of our fonts a name in a document turns into; undefined when it has to stay (Latin, unknown). */
export const fontForName = (name: string, fonts: readonly FontFile[] = fontFiles()): FontFile | undefined => {
  const exact = fonts.find((font) => font.families.includes(name));
  if (exact !== undefined) return exact;
  const role = roleOf(name);
  return role === undefined ? undefined : fontFor(role, fonts);
};

/** A face that GB/T 9704 asks for and this machine does not have. */
export type Substitution = {
  readonly role: FontRole;
  readonly wanted: string;
  readonly used: string;
  readonly zh: string;
  readonly en: string;
};

const wanted: readonly (readonly [FontRole, string])[] = [
  ['xiaobiaosong', '小标宋'],
  ['fang', '仿宋'],
  ['kai', '楷体'],
  ['hei', '黑体'],
  ['song', '宋体'],
];
/** Ours of the same class of face: another drawing, but 黑 is 黑 and 楷 is 楷. */
const sameClass: ReadonlySet<FontRole> = new Set(['kai', 'hei', 'song']);

/**
 * What `doctor` has to say: the faces that are missing and what stands in for them. 楷, 黑 and 宋 are covered by open
 * fonts of the same class; 仿宋 and 小标宋 are not, until the office adds its own.
 */
export const substitutions = (fonts: readonly FontFile[] = fontFiles()): Substitution[] =>
  wanted.flatMap(([role, name]): Substitution[] => {
    const font = fontFor(role, fonts);
    if (sameClass.has(role) || (font.role === role && font.office)) return [];
    const used = font.weight === 700 ? `${font.family} Bold` : font.family;
    return [
      {
        role,
        wanted: name,
        used,
        zh: `没有${name}字体，以 ${used} 代替（GB/T 9704 要求${name}）。请把有授权的字体文件放入 GONGKAI_FONTS 目录。`,
        en: `There is no ${name} font; ${used} stands in (GB/T 9704 asks for ${name}). Put a licensed font into the GONGKAI_FONTS folder.`,
      },
    ];
  });
