/**
 * For pdf-lib, which by default rests after every 50 or 100 objects so that a browser's page stays alive. In a
 * process of its own that is waiting for nothing: a quarter of the time of a release, measured.
 */
export const loading = { updateMetadata: false, parseSpeed: Number.POSITIVE_INFINITY } as const;
export const saving = { objectsPerTick: Number.POSITIVE_INFINITY } as const;
