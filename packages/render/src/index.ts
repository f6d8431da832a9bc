export { type Release, release, releasePlan, renderRelease } from './release/index.ts';
export { compileTypst, type TypstJob } from './typst/index.ts';
