export { composeForm, type FormData, formNames } from './form/index.ts';
export { type Release, release, releasePlan, renderRelease } from './release/index.ts';
export { compileTypst, type TypstJob } from './typst/index.ts';
export { type Bound, bindVolume } from './volume/index.ts';
