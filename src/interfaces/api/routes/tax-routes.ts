import type { Actor } from '#domain/identity';
import { getTaxIdentity } from '#orchestration';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import { taxIdentity, type TaxIdentityView } from '../contract-tax.ts';
import { problems } from './route-schemas.ts';

/** Where the organization is taxed. */
export function taxRoutes(app: Api, { office, commands }: ApiContext): void {
  const said = async (actor: Actor, identity: TaxIdentityView): Promise<TaxIdentityView> => {
    await commands.setTaxIdentity(office, actor, identity);
    return await getTaxIdentity(office, actor);
  };
  app.get(
    '/v1/tax-identity',
    {
      schema: {
        tags: ['master data'],
        summary: 'Where the organization is taxed, and its VAT id',
        response: { 200: taxIdentity, ...problems },
      },
    },
    (request) => getTaxIdentity(office, actorOf(request)),
  );
  app.put(
    '/v1/tax-identity',
    {
      schema: {
        tags: ['master data'],
        summary: 'Say where the organization is taxed; invoices in question are looked at again',
        body: taxIdentity,
        response: { 200: taxIdentity, ...problems },
      },
    },
    (request) => said(actorOf(request), request.body),
  );
}
