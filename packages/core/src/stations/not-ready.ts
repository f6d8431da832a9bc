/**
 * Somebody else is not done yet, who may take many minutes: tried again after longer and longer waits than what broke,
 * so that five tries last twenty minutes (settle).
 */
export class NotReady extends Error {
  override name = 'NotReady';
}
