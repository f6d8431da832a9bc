export { compileTypst, type TypstJob } from './typst/index.ts';
