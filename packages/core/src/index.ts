export * from './document/index.ts';
export * from './refusal/index.ts';
