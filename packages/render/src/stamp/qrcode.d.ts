/** The one function of `qrcode` that we use; its own package has no types. */
declare module 'qrcode' {
  type BitMatrix = { readonly size: number; get(row: number, column: number): number };
  const qrcode: {
    create(text: string, options: { errorCorrectionLevel: 'L' | 'M' | 'Q' | 'H' }): { modules: BitMatrix };
  };
  export default qrcode;
}
