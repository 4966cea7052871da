import { z } from 'zod';
import { getPurchaseOrder, getSupplier, listPurchaseOrders, listSuppliers } from '#orchestration';
import { actorOf, type Api, type ApiContext } from '../api-context.ts';
import { purchaseOrderDetail, purchaseOrderList, supplierDetail, supplierList } from '../contract.ts';
import { idParams, pageQuery, problems } from './route-schemas.ts';

const orderQuery = z.object({ supplierId: z.string().max(100).optional(), ...pageQuery });

export function masterDataRoutes(app: Api, { office }: ApiContext): void {
  app.get(
    '/v1/suppliers',
    {
      schema: {
        tags: ['master data'],
        summary: 'Suppliers by name',
        querystring: z.object(pageQuery),
        response: { 200: supplierList, ...problems },
      },
    },
    (request) => listSuppliers(office, actorOf(request), request.query),
  );
  app.get(
    '/v1/suppliers/:id',
    {
      schema: {
        tags: ['master data'],
        summary: 'One supplier with its accounts',
        params: idParams,
        response: { 200: supplierDetail, ...problems },
      },
    },
    (request) => getSupplier(office, actorOf(request), request.params.id),
  );
  app.get(
    '/v1/purchase-orders',
    {
      schema: {
        tags: ['master data'],
        summary: 'Purchase orders, newest first',
        querystring: orderQuery,
        response: { 200: purchaseOrderList, ...problems },
      },
    },
    (request) => listPurchaseOrders(office, actorOf(request), request.query),
  );
  app.get(
    '/v1/purchase-orders/:id',
    {
      schema: {
        tags: ['master data'],
        summary: 'One purchase order with what was received and invoiced',
        params: idParams,
        response: { 200: purchaseOrderDetail, ...problems },
      },
    },
    (request) => getPurchaseOrder(office, actorOf(request), request.params.id),
  );
}
