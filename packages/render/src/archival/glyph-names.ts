/** The names of the standard strings 0 to 228 of CFF (Technical Note 5176, Appendix A); 1 to 149 in the order of StandardEncoding. */
export const standardNames: readonly string[] = (
  '.notdef space exclam quotedbl numbersign dollar percent ampersand quoteright parenleft parenright asterisk plus comma ' +
  'hyphen period slash zero one two three four five six seven eight nine colon semicolon less equal greater question at ' +
  'A B C D E F G H I J K L M N O P Q R S T U V W X Y Z bracketleft backslash bracketright asciicircum underscore quoteleft ' +
  'a b c d e f g h i j k l m n o p q r s t u v w x y z braceleft bar braceright asciitilde exclamdown cent sterling ' +
  'fraction yen florin section currency quotesingle quotedblleft guillemotleft guilsinglleft guilsinglright fi fl endash ' +
  'dagger daggerdbl periodcentered paragraph bullet quotesinglbase quotedblbase quotedblright guillemotright ellipsis ' +
  'perthousand questiondown grave acute circumflex tilde macron breve dotaccent dieresis ring cedilla hungarumlaut ogonek ' +
  'caron emdash AE ordfeminine Lslash Oslash OE ordmasculine ae dotlessi lslash oslash oe germandbls onesuperior ' +
  'logicalnot mu trademark Eth onehalf plusminus Thorn onequarter divide brokenbar degree thorn threequarters twosuperior ' +
  'registered minus eth multiply threesuperior copyright Aacute Acircumflex Adieresis Agrave Aring Atilde Ccedilla Eacute ' +
  'Ecircumflex Edieresis Egrave Iacute Icircumflex Idieresis Igrave Ntilde Oacute Ocircumflex Odieresis Ograve Otilde ' +
  'Scaron Uacute Ucircumflex Udieresis Ugrave Yacute Ydieresis Zcaron aacute acircumflex adieresis agrave aring atilde ' +
  'ccedilla eacute ecircumflex edieresis egrave iacute icircumflex idieresis igrave ntilde oacute ocircumflex odieresis ' +
  'ograve otilde scaron uacute ucircumflex udieresis ugrave yacute ydieresis zcaron'
).split(' ');

/** Codes of StandardEncoding above 126, in the order of the names 96 to 149. */
const high = [
  161, 162, 163, 164, 165, 166, 167, 168, 169, 170, 171, 172, 173, 174, 175, 177, 178, 179, 180, 182, 183,
  184, 185, 186, 187, 188, 189, 191, 193, 194, 195, 196, 197, 198, 199, 200, 202, 203, 205, 206, 207, 208,
  225, 227, 232, 233, 234, 235, 241, 245, 248, 249, 250, 251,
];
const standardCodes = new Map<number, string>([
  ...Array.from({ length: 95 }, (_, i) => [32 + i, standardNames[1 + i] ?? ''] as const),
  ...high.map((code, i) => [code, standardNames[96 + i] ?? ''] as const),
]);
export const standardEncoding = (code: number): string | undefined => standardCodes.get(code);

/** Characters of the names that are neither a letter nor a letter with an accent. */
const signs: readonly (readonly [string, string])[] = (
  'space=\u0020 exclam=! quotedbl=" numbersign=# dollar=$ percent=% ampersand=& quoteright=’ parenleft=( parenright=) ' +
  'asterisk=* plus=+ comma=, hyphen=- period=. slash=/ zero=0 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 ' +
  'nine=9 colon=: semicolon=; less=< equal== greater=> question=? at=@ bracketleft=[ backslash=\\ bracketright=] ' +
  'asciicircum=^ underscore=_ quoteleft=‘ braceleft={ bar=| braceright=} asciitilde=~ exclamdown=¡ cent=¢ sterling=£ ' +
  "fraction=⁄ yen=¥ florin=ƒ section=§ currency=¤ quotesingle=' quotedblleft=“ guillemotleft=« guilsinglleft=‹ " +
  'guilsinglright=› fi=ﬁ fl=ﬂ endash=– dagger=† daggerdbl=‡ periodcentered=· paragraph=¶ bullet=• quotesinglbase=‚ ' +
  'quotedblbase=„ quotedblright=” guillemotright=» ellipsis=… perthousand=‰ questiondown=¿ grave=` acute=´ circumflex=ˆ ' +
  'tilde=˜ macron=¯ breve=˘ dotaccent=˙ dieresis=¨ ring=˚ cedilla=¸ hungarumlaut=˝ ogonek=˛ caron=ˇ emdash=— AE=Æ ' +
  'ordfeminine=ª Lslash=Ł Oslash=Ø OE=Œ ordmasculine=º ae=æ dotlessi=ı lslash=ł oslash=ø oe=œ germandbls=ß onesuperior=¹ ' +
  'logicalnot=¬ mu=µ trademark=™ Eth=Ð onehalf=½ plusminus=± Thorn=Þ onequarter=¼ divide=÷ brokenbar=¦ degree=° thorn=þ ' +
  'threequarters=¾ twosuperior=² registered=® minus=− eth=ð multiply=× threesuperior=³ copyright=© Euro=€'
)
  .split(' ')
  .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1) || ' '] as const);
const accents: Readonly<Record<string, string>> = {
  grave: '\u0300',
  acute: '\u0301',
  circumflex: '\u0302',
  tilde: '\u0303',
  dieresis: '\u0308',
  ring: '\u030a',
  caron: '\u030c',
  cedilla: '\u0327',
};
const characters = new Map<string, number>(
  [
    ...signs,
    ...[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'].flatMap((letter) => [
      [letter, letter] as const,
      ...Object.entries(accents).map(([accent, mark]) => [`${letter}${accent}`, `${letter}${mark}`] as const),
    ]),
  ].map(([glyph, text]) => [glyph, text.normalize('NFC').codePointAt(0) ?? 0]),
);
const names = new Map([...characters].map(([glyph, character]) => [character, glyph]));

/** The character that a glyph name of the Adobe Glyph List stands for; undefined when it is not one that we know. */
export const characterNamed = (glyph: string): number | undefined => {
  const known = characters.get(glyph);
  if (known !== undefined) return known;
  const coded = /^uni([0-9A-F]{4})$/.exec(glyph)?.[1] ?? /^u([0-9A-F]{4,6})$/.exec(glyph)?.[1];
  return coded === undefined ? undefined : Number.parseInt(coded, 16);
};
export const nameOf = (character: number | undefined): string | undefined =>
  character === undefined ? undefined : names.get(character);
