/** The shapes of the HTTP API: the server validates by them, the console takes its types from them, OpenAPI is made of them. */
export * as office from './office.ts';
export * as publication from './publication.ts';
