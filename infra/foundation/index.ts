export { Foundation, foundationApp } from './foundation.ts';
export {
  type Output,
  outputs,
  type Parameter,
  parameters,
  timeoutSeconds,
  visibilitySeconds,
} from './outputs.ts';
export { indexes } from './table.ts';
export { templateFile, templateText } from './template.ts';
