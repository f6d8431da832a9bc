import { searchRights } from './rights.ts';
import { searchName } from './search.ts';
import { onOpenSearch } from './settings.ts';
import { api } from './site.ts';
import { clock, stations } from './triggers.ts';

/** Who may do what in the collection: after the functions, whose roles it names. */
if (onOpenSearch) {
  const roles = {
    api: api.nodes.role.arn,
    stations: stations.nodes.function.nodes.role.arn,
    clock: clock.nodes.function.nodes.role.arn,
  };
  for (const [name, permissions] of Object.entries(searchRights)) {
    new aws.opensearch.ServerlessAccessPolicy(`SearchFor${name}`, {
      name: `${name}-${searchName}`.slice(0, 32),
      type: 'data',
      policy: $jsonStringify([
        {
          Rules: [{ ResourceType: 'index', Resource: [`index/${searchName}/*`], Permission: permissions }],
          Principal: [roles[name as keyof typeof roles]],
        },
      ]),
    });
  }
}
