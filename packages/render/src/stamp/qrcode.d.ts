/** The functions of `qrcode` that we use; its own package has no types. */
declare module 'qrcode' {
  type Level = { readonly errorCorrectionLevel: 'L' | 'M' | 'Q' | 'H' };
  type BitMatrix = { readonly size: number; get(row: number, column: number): number };
  const qrcode: {
    create(text: string, options: Level): { modules: BitMatrix };
    /** `margin`: the white around it, in modules; a reader wants four. */
    toString(text: string, options: Level & { type: 'svg'; margin: number }): Promise<string>;
  };
  export default qrcode;
}
