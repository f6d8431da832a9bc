import { searchRights, type Worker } from './rights.ts';
import { onOpenSearch } from './settings.ts';

/** Names of the collection and its policies: small letters, at most 32. */
export const searchName = `${$app.name}-${$app.stage}`
  .toLowerCase()
  .replace(/[^a-z0-9-]/g, '-')
  .slice(0, 32);

/**
 * The collection of OpenSearch Serverless, only where the office has chosen it. It can be made again at any time from the
 * records, so it stands here and not in the foundation.
 */
const makeCollection = () => {
  const resource = [`collection/${searchName}`];
  const encryption = new aws.opensearch.ServerlessSecurityPolicy('SearchEncryption', {
    name: searchName,
    type: 'encryption',
    policy: JSON.stringify({
      Rules: [{ ResourceType: 'collection', Resource: resource }],
      AWSOwnedKey: true,
    }),
  });
  // Reached by its public name, as the other services are; who may read or write is said in search-access.ts.
  const network = new aws.opensearch.ServerlessSecurityPolicy('SearchNetwork', {
    name: searchName,
    type: 'network',
    policy: JSON.stringify([
      { Rules: [{ ResourceType: 'collection', Resource: resource }], AllowFromPublic: true },
    ]),
  });
  return new aws.opensearch.ServerlessCollection(
    'SearchCollection',
    { name: searchName, type: 'SEARCH' },
    { dependsOn: [encryption, network] },
  );
};

const collection = onOpenSearch ? makeCollection() : undefined;

export const searchEndpoint = collection?.collectionEndpoint;

/** The collection's own policy decides what; this lets a function ask at all. */
export const callSearch = (name: Worker) =>
  collection !== undefined && name in searchRights
    ? [{ actions: ['aoss:APIAccessAll'], resources: [collection.arn] }]
    : [];
