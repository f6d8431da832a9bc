import type { Office } from '@gongkai/core';
import type { AwsLocal } from './index.ts';

/**
 * The same office as the functions have, opened in this process: to found its people (as `gongkai aws init` does) and
 * to look. One a process: packages/cloud reads its settings when it is loaded.
 */
export const officeOf = async ({ env }: AwsLocal): Promise<Office> => {
  Object.assign(process.env, env);
  return (await import('@gongkai/cloud')).openOffice();
};
