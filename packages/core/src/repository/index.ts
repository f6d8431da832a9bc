export { type AuditDuty, audited, auditedRecords, dutyActions, UnauditedChange } from './audited.ts';
export { loadDictionary } from './dictionary.ts';
export { keys, placesOf } from './keys.ts';
export {
  allPeople,
  auditOf,
  commitWithAudit,
  isFounded,
  personById,
  personKey,
  savePerson,
} from './people.ts';
export {
  auditWrites,
  create,
  everyPublication,
  type Follow,
  type Loaded,
  list,
  listBare,
  load,
  type Update,
  update,
} from './publications.ts';
