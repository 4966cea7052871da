import { getCashAdvice } from '#orchestration';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import { cashAdvice, cashAdviceQuery } from '../contract-cash.ts';
import { problems } from './route-schemas.ts';

export function cashRoutes(app: Api, { office }: ApiContext): void {
  app.get(
    '/v1/payments/advice',
    {
      schema: {
        tags: ['payments'],
        summary: 'When to pay what is scheduled: discounts against the cost of money, within what may leave',
        querystring: cashAdviceQuery,
        response: { 200: cashAdvice, ...problems },
      },
    },
    (request) => {
      const { currency = 'EUR', rate = 5, limit = [] } = request.query;
      const limits = [limit].flat().map((text) => {
        const [until = '', amount = ''] = text.split(':');
        return { until, amount };
      });
      return getCashAdvice(office, actorOf(request), { currency, costBasisPoints: Math.round(rate * 100), limits });
    },
  );
}
