import { DeskhandError } from '#domain/errors';
import { mayDo, type Actor, type Right } from '#domain/identity';
import { orchestrationErrors } from '../errors.ts';

/** The one place where a command asks whether its actor may. @throws DH_ORCHESTRATION_NOT_ALLOWED */
export function requireRight(actor: Actor, right: Right): void {
  if (mayDo(actor, right)) return;
  throw new DeskhandError(orchestrationErrors.notAllowed, `Your role (${actor.roles.join(', ')}) does not include ${right}.`, {
    details: { right, roles: actor.roles },
  });
}
