import * as z from 'zod';
import { office as contract } from '../contract/index.ts';
import type { Route } from './route.ts';

type Json = Record<string, unknown>;

// Input for what comes in (defaults may be left out), output for what goes out.
const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return rest;
};

const parametersOf = (one: Route): Json[] => {
  const inPath = [...one.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const query = one.query ? schemaOf(one.query, 'input') : {};
  const inQuery = Object.entries((query.properties ?? {}) as Json).map(([name, schema]) => ({
    name,
    in: 'query',
    required: Array.isArray(query.required) && query.required.includes(name),
    schema,
  }));
  const version = one.version
    ? [{ name: 'If-Match', in: 'header', required: one.version === 'required', schema: { type: 'string' } }]
    : [];
  return [...inPath, ...inQuery, ...version];
};

const rights = (one: Route): string =>
  [
    typeof one.who === 'string' ? one.who : `roles: ${one.who.join(', ')}`,
    one.who === 'anyone' ? '' : one.token ? 'session or token' : 'session only',
    one.confirmed ? 'asks for the password again' : '',
    one.method === 'GET' ? '' : 'none' in one.audit ? '' : `audit: ${one.audit.join(', ')}`,
  ]
    .filter((part) => part !== '')
    .join('; ');

const operation = (one: Route): Json => ({
  operationId: `${one.method.toLowerCase()}${one.path.replace(/[^a-z0-9]+/gi, '_')}`,
  summary: one.summary,
  description: rights(one),
  parameters: parametersOf(one),
  security: one.who === 'anyone' ? [] : [{ session: [] }, ...(one.token ? [{ token: [] }] : [])],
  ...(one.bytes === 'in'
    ? { requestBody: { content: { 'application/octet-stream': {} } } }
    : one.body
      ? {
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: { ...schemaOf(one.body, 'input'), ...one.bodyDescribed?.() } },
            },
          },
        }
      : {}),
  responses: {
    ...(one.bytes === 'out'
      ? { 200: { description: 'bytes', content: { 'application/octet-stream': {} } } }
      : one.answer
        ? {
            200: {
              description: 'OK',
              content: { 'application/json': { schema: schemaOf(one.answer, 'output') } },
            },
          }
        : { 204: { description: 'done' } }),
    default: {
      description: 'refused',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/problem' } } },
    },
  },
});

/** The description of the API, made from the routes themselves. */
export const openApi = (routes: readonly Route[]): Json => {
  const paths: Record<string, Json> = {};
  for (const one of routes) {
    const path = `/api${one.path.replace(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [one.method.toLowerCase()]: operation(one) };
  }
  return {
    openapi: '3.1.0',
    info: { title: '公开 gongkai', version: '1' },
    paths,
    components: {
      schemas: { problem: schemaOf(contract.problem, 'output') },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-gongkai' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  };
};
