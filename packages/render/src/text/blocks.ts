/** What txt, md, csv and html are all turned into before they are set: the few things an official text consists of. */
export type Run = {
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly mono?: boolean;
};
export type Cell = { readonly runs: readonly Run[]; readonly across?: number; readonly down?: number };
export type Block =
  | { readonly is: 'title'; readonly runs: readonly Run[] }
  | { readonly is: 'heading'; readonly level: number; readonly runs: readonly Run[] }
  | { readonly is: 'paragraph'; readonly runs: readonly Run[]; readonly indent: boolean }
  | {
      readonly is: 'list';
      readonly ordered: boolean;
      readonly start: number;
      readonly items: readonly (readonly Block[])[];
    }
  | {
      readonly is: 'table';
      readonly columns: number;
      readonly head: boolean;
      readonly cells: readonly Cell[];
    }
  | { readonly is: 'quote'; readonly blocks: readonly Block[] }
  | { readonly is: 'code'; readonly text: string }
  | { readonly is: 'rule' };

export const isBlank = (runs: readonly Run[]): boolean => runs.every(({ text }) => text.trim() === '');
