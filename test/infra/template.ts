import { readFileSync } from 'node:fs';
import { templateFile } from '@gongkai/foundation';
import * as z from 'zod';

const policyStatement = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: z.union([z.string(), z.array(z.string())]),
  Principal: z.unknown().optional(),
  Condition: z.unknown().optional(),
});
export type PolicyStatement = z.infer<typeof policyStatement>;

const resource = z.object({
  Type: z.string(),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
  Condition: z.string().optional(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});
export type Resource = z.infer<typeof resource>;

export const template = z
  .object({
    Resources: z.record(z.string(), resource),
    Outputs: z.record(z.string(), z.object({ Value: z.unknown() })),
    Parameters: z.record(z.string(), z.looseObject({ Type: z.string(), Default: z.unknown() })),
  })
  .loose()
  .parse(JSON.parse(readFileSync(templateFile, 'utf8')));

/** The resources of one type, as [logical id, resource]. */
export const ofType = (type: string): [string, Resource][] =>
  Object.entries(template.Resources).filter(([, { Type }]) => Type === type);

/** Every statement of every policy, key and resource policy, with where it stands. */
export const statements = (): { where: string; type: string; statement: PolicyStatement }[] =>
  Object.entries(template.Resources).flatMap(([where, { Type, Properties }]) =>
    ['PolicyDocument', 'KeyPolicy', 'AssumeRolePolicyDocument'].flatMap((name) => {
      if (Properties[name] === undefined) return [];
      const { Statement } = z.object({ Statement: z.array(policyStatement) }).parse(Properties[name]);
      return Statement.map((statement) => ({ where, type: Type, statement }));
    }),
  );
