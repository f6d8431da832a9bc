import { stations } from '@gongkai/aws/lambda';
import { notices, openOffice, readSettings, said, signing } from '@gongkai/cloud';

/** SQS: one message is one step of one document. Nobody else takes it while this may run, and for a minute more. */
const { GONGKAI_STATION_SECONDS: seconds } = readSettings();
export const handler = stations(await openOffice(notices(), await signing()), said, {
  visibilitySeconds: seconds + 60,
  neededMs: (seconds * 1000 * 2) / 3,
});
