import { fileURLToPath } from 'node:url';
import type { App } from 'aws-cdk-lib';
import type { Foundation } from './foundation.ts';

/** The committed template, the artefact that is deployed. */
export const templateFile = fileURLToPath(new URL('template.json', import.meta.url));

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const sorted = (value: Json): Json =>
  Array.isArray(value)
    ? value.map(sorted)
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((key) => [key, sorted(value[key] ?? null)]),
        )
      : value;

/** One line for what fits into one, so that the file is as short as CloudFormation wants it and still read in review. */
const printed = (value: Json, indent = ''): string => {
  const short = JSON.stringify(value);
  if (short.length <= 100 || value === null || typeof value !== 'object') return short;
  const deeper = `${indent} `;
  const lines = Array.isArray(value)
    ? value.map((each) => `${deeper}${printed(each, deeper)}`)
    : Object.entries(value).map(([key, each]) => `${deeper}${JSON.stringify(key)}: ${printed(each, deeper)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
};

/** Synthesises; keys sorted, so that a new CDK moves no line without a reason. */
export const templateText = (app: App, stack: Foundation): string =>
  `${printed(sorted(app.synth().getStackByName(stack.stackName).template as Json))}\n`;
