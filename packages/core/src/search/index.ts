export * from './facet.ts';
export * from './highlight.ts';
export * from './phrase.ts';
export * from './piece.ts';
