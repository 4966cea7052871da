import type { Wording } from './wording.ts';

export const spanish: Wording = {
  subject: ({ invoice, order }) => `Consulta sobre la factura ${invoice}${order === null ? '' : `, pedido ${order}`}`,
  greeting: (name) => `Buenos días, ${name}:`,
  opening: {
    supplier: ({ invoice, issuedOn, order }) =>
      `Tenemos una consulta sobre su factura ${invoice}${issuedOn === null ? '' : ` del ${issuedOn}`}${order === null ? '' : `, de nuestro pedido ${order}`}:`,
    inside: ({ invoice, issuedOn, order, supplier }) =>
      `La factura ${invoice} de ${supplier}${issuedOn === null ? '' : ` del ${issuedOn}`} espera una respuesta suya${order === null ? '' : ` (pedido ${order})`}:`,
  },
  line: (position) => `Línea ${position}`,
  expected: {
    price: 'pedido a',
    quantity: 'pedido',
    receipt: 'recibido',
    item: 'pedido',
    order: 'esperado',
    duplicate: 'ya conocida',
    total: 'esperado',
  },
  found: 'facturado',
  difference: 'diferencia',
  asks: {
    price: {
      supplier:
        '¿Es correcto el precio facturado? Si lo es, le rogamos que nos diga por qué. Si no, envíenos una factura corregida o un abono e indíquenos para cuándo.',
      inside:
        '¿Estaba acordado este precio? Responda, por favor, si lo aceptamos, si hay que cambiar el pedido o si hay que rechazar la factura.',
    },
    quantity: {
      supplier: '¿Es correcta la cantidad facturada? Si no lo es, envíenos una factura corregida o un abono e indíquenos para cuándo.',
      inside:
        '¿Es correcta esta cantidad? Responda, por favor, si la aceptamos, si hay que cambiar el pedido o si hay que rechazar la factura.',
    },
    receipt: {
      supplier: 'Todavía no hemos registrado la entrada de toda esta mercancía. ¿Cuándo se entregó o cuándo llega?',
      inside: '¿Ha llegado toda esta mercancía? Registre la entrada, por favor, o responda qué falta.',
    },
    item: {
      supplier: 'No encontramos esta línea en nuestro pedido. ¿A qué corresponde y quién la pidió?',
      inside: 'No encontramos esta línea en el pedido. ¿La pidió usted? Responda, por favor, si la aceptamos o si rechazamos la factura.',
    },
    order: {
      supplier: '¿A qué pedido nuestro corresponde y quién lo hizo?',
      inside: '¿A qué pedido corresponde? Responda, por favor, si la aceptamos o la rechazamos.',
    },
    duplicate: {
      supplier: 'Se parece a una que ya tenemos. ¿Es la misma, y podemos apartar esta, o es otra entrega?',
      inside: 'Se parece a una que ya tenemos. ¿Es la misma u otra entrega?',
    },
    total: {
      supplier: 'Estos importes no concuerdan. Revise la factura, por favor, y envíenos una corregida, o díganos de dónde salen.',
      inside: 'Estos importes no concuerdan. Responda, por favor, si aceptamos la factura o la rechazamos.',
    },
  },
  closing: 'Hasta entonces la factura queda en espera. Responda a este correo, por favor, sin cambiar el asunto.',
  reminder: (askedOn) => `Le preguntamos el ${askedOn} y todavía no tenemos respuesta. ¿Podría dárnosla?`,
  signOff: 'Un saludo',
  byItself: 'Esta pregunta la ha redactado y enviado nuestro programa. Su respuesta la leerá una persona.',
  day: (day) => day.split('-').toReversed().join('/'),
  thousands: '.',
  point: ',',
  units: {
    piece: 'unidad',
    pieces: 'unidades',
    litre: 'litro',
    litres: 'litros',
    hour: 'hora',
    hours: 'horas',
    day: 'día',
    days: 'días',
    month: 'mes',
    months: 'meses',
    box: 'caja',
    boxes: 'cajas',
    pack: 'paquete',
    packs: 'paquetes',
    carton: 'cartón',
    cartons: 'cartones',
    roll: 'rollo',
    rolls: 'rollos',
    set: 'juego',
    sets: 'juegos',
    bag: 'bolsa',
    bags: 'bolsas',
    pallet: 'palé',
    pallets: 'palés',
    dozen: 'docena',
    pair: 'par',
    pairs: 'pares',
    at: 'a',
    per: 'por',
  },
};
