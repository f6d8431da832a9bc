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

/** Synthesises; keys sorted, so that a new CDK moves no line without a reason. */
export const templateText = (app: App, stack: Foundation): string =>
  `${JSON.stringify(sorted(app.synth().getStackByName(stack.stackName).template as Json), null, 1)}\n`;
