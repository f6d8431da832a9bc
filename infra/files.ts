/** What goes along with a function's bundle, by where it stands in the repository and in the function's folder. */
export const files = {
  every: [{ from: 'policies', to: 'policies' }],
  /** Style and scripts of the public pages. */
  api: [{ from: 'packages/api/src/catalogue/assets', to: 'assets' }],
} as const;
