export { type Block, type Cell, isBlank, type Run } from './blocks.ts';
export { htmlBlocks } from './html.ts';
export { markdownBlocks, NestedTooDeep } from './markdown.ts';
