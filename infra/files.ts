/** What goes along with a function's bundle, by where it stands in the repository and in the function's folder. */
export const files = {
  every: [{ from: 'policies', to: 'policies' }],
  /** Style and scripts of the public pages. */
  api: [{ from: 'packages/api/src/catalogue/assets', to: 'assets' }],
} as const;

/** What writes the policies as JSON into `folder`, the built function's: read there without a reader of YAML. */
export const policiesInto = (folder: string): readonly [node: string, ...given: string[]] => [
  'node_modules/node/bin/node',
  'packages/cloud/src/cli/write-policies.ts',
  'policies',
  `${folder}/policies`,
];
